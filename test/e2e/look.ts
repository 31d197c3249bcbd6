/** What a page must be for everybody, in both themes and at every width. */
import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from 'playwright-core'

/** Runs in the page, whose globals this project's types do not know: how wide it is, and what is to blame. */
const OVERFLOW = `(() => {
  const root = document.documentElement
  if (root.scrollWidth <= root.clientWidth) return null
  const wide = [...document.querySelectorAll('main *, header *')].find(
    (element) => element.getBoundingClientRect().right > root.clientWidth + 1,
  )
  return root.scrollWidth + ': ' + (wide ? wide.outerHTML.slice(0, 120) : 'nothing in particular')
})()`

const WIDTHS = [320, 390, 768, 1280, 1920] as const

/** Faults by name; nothing is fine. The page's size and theme are put back. */
export async function faultsOf(page: Page): Promise<string[]> {
  const found: string[] = []
  const { width, height } = page.viewportSize() ?? { width: 1280, height: 900 }
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme })
    const axe = new AxeBuilder({ page })
    // The themes differ in their colours, and in nothing else.
    const { violations } = await (
      colorScheme === 'dark' ? axe.withTags('cat.color') : axe
    ).analyze()
    for (const { id, nodes } of violations) {
      found.push(
        `${colorScheme}: ${id}: ${nodes.map(({ html }) => html.slice(0, 160)).join(' | ')}`,
      )
    }
  }
  await page.emulateMedia({ colorScheme: 'light' })
  for (const each of WIDTHS) {
    await page.setViewportSize({ width: each, height })
    const over = await page.evaluate<string | null>(OVERFLOW)
    if (over !== null) found.push(`${each} px scrolls sideways: ${over}`)
  }
  await page.setViewportSize({ width, height })
  return found
}
