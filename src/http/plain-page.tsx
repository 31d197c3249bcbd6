/** The frame of the few pages that exist without the web part: plain, script-free, one small style. */
import type { Child } from 'hono/jsx'
import { raw } from 'hono/html'

const STYLE = `
:root{color-scheme:light dark;--ink:#1a1c1f;--paper:#fff;--line:#c9ced6;--accent:#0b5cad;--quiet:#565d67}
@media (prefers-color-scheme:dark){:root{--ink:#e8eaed;--paper:#17191c;--line:#4a515b;--accent:#8cc2ff;--quiet:#a9b1bc}}
body{margin:0 auto;padding:24px 16px 64px;max-width:960px;font:16px/1.5 system-ui,sans-serif;color:var(--ink);background:var(--paper);overflow-wrap:anywhere}
a{color:var(--accent)}h1{font-size:1.5rem}h2{font-size:1.1rem;margin:32px 0 8px;border-top:1px solid var(--line);padding-top:16px}
code,pre,output{font:.875rem/1.5 ui-monospace,monospace;overflow-wrap:anywhere}
pre,output{display:block;border:1px solid var(--line);padding:8px;overflow:auto;max-height:24rem}
p,li{max-width:72ch}.quiet{color:var(--quiet)}
button{font:inherit;padding:8px 16px;border:1px solid var(--accent);border-radius:4px;color:var(--paper);background:var(--accent)}
`

export const PlainPage = (props: { title: string; nonce: string; children?: Child }) => (
  <html lang="en">
    <head>
      <meta charset="utf-8" />
      <meta name="viewport" content="width=device-width, initial-scale=1" />
      <meta name="referrer" content="no-referrer" />
      <title>{props.title} · Interlock</title>
      <style nonce={props.nonce}>{raw(STYLE)}</style>
    </head>
    <body>
      <main>
        <h1>{props.title}</h1>
        {props.children}
      </main>
    </body>
  </html>
)

/** With the doctype that keeps browsers out of quirks mode. */
export const asPage = (page: unknown): string => `<!doctype html>${String(page)}`
