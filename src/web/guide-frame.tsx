/** Around every page of the guide: its title, and the way back to the overview. */
import type { Child } from 'hono/jsx'
import { Frame } from './frame.tsx'
import type { Look } from './look.ts'

interface Props {
  look: Look
  title: string
  /** Beside the way back. */
  beside?: Child
  children?: Child
}

export const GuideFrame = ({ look, title, beside, children }: Props) => (
  <Frame look={look} title={title}>
    <div class="guide">
      <div class="bar">
        <h1>{title}</h1>
        <p>
          <a href="/guide">Guide</a>
          {beside}
        </p>
      </div>
      {children}
    </div>
  </Frame>
)
