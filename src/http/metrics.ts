/** Counts for Prometheus: route templates, statuses and codes, never ids, names or addresses. */
import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client'

export interface Answered {
  method: string
  /** The template, as `/v1/keys/:id`. */
  route: string
  status: number
  seconds: number
  problem: string | null
}

export interface Metrics {
  answered(request: Answered): void
  /** Text in the exposition format that `contentType` names. */
  render(): Promise<string>
  readonly contentType: string
}

export interface MetricsOptions {
  /** How many rotations are active now; asked when the metrics are read. */
  activeRotations: () => Promise<number>
  /** Also memory, CPU and event-loop figures. Once per process. */
  process: boolean
}

export function createMetrics({ activeRotations, process }: MetricsOptions): Metrics {
  const registry = new Registry()
  const registers = [registry]
  if (process) collectDefaultMetrics({ register: registry })
  const requests = new Counter({
    name: 'interlock_http_requests_total',
    help: 'Answered requests by route template.',
    labelNames: ['method', 'route', 'status'] as const,
    registers,
  })
  const seconds = new Histogram({
    name: 'interlock_http_request_seconds',
    help: 'Time to answer by route template.',
    labelNames: ['method', 'route'] as const,
    buckets: [0.005, 0.02, 0.1, 0.5, 2, 10, 30],
    registers,
  })
  const refusals = new Counter({
    name: 'interlock_refusals_total',
    help: 'Refusals by problem code.',
    labelNames: ['code'] as const,
    registers,
  })
  const active = new Gauge({
    name: 'interlock_active_rotations',
    help: 'Rotations that are neither finished nor given up.',
    registers,
    async collect() {
      // Without the store the figure is unknown, and the others are still wanted.
      this.set(await activeRotations().catch(() => Number.NaN))
    },
  })
  active.set(0)
  return {
    contentType: registry.contentType,
    render: () => registry.metrics(),
    answered({ method, route, status, seconds: took, problem }) {
      requests.inc({ method, route, status })
      seconds.observe({ method, route }, took)
      if (problem !== null) refusals.inc({ code: problem })
    },
  }
}
