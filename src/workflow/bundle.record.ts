/** A bundle as it is kept: the very bytes that were submitted, and nothing that is not in them. */
import { z } from 'zod'
import { Instant } from '../../machines/vocabulary.ts'
import type { Labels } from '../store/contract.ts'

const BundleRecordV1 = z.strictObject({
  schema: z.strictObject({ id: z.literal('bundle'), version: z.literal(1) }),
  escalationId: z.string().regex(/^esc_[0-9a-z]{20}$/),
  tenantId: z.string().max(64).nullable(),
  createdAt: Instant,
  /** Of the zip, hex. */
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
  /** The zip, base64. */
  zip: z.string().max(4_000_000),
})
export type BundleRecord = z.infer<typeof BundleRecordV1>

export const BUNDLE_SCHEMA = { id: 'bundle', version: 1 } as const

/** Throws on anything that is not a bundle of a known version. */
export const parseBundleRecord = (stored: unknown): BundleRecord => BundleRecordV1.parse(stored)

export const bundleLabels = (record: BundleRecord): Labels => ({
  tenantId: record.tenantId ?? '',
  escalationId: record.escalationId,
})
