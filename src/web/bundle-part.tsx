/** One section of a bundle. */
import type { Child } from 'hono/jsx'

export const BundlePart = (props: { id: string; title: string; children?: Child }) => (
  <section aria-labelledby={props.id}>
    <h2 id={props.id}>{props.title}</h2>
    {props.children}
  </section>
)
