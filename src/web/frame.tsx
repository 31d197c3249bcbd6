/** What stands around every page: where you are, who you are, and one way to skip it. */
import type { Child } from 'hono/jsx'
import type { Permission } from '../access/role.ts'
import { asPage } from '../http/plain-page.tsx'
import { ICON_PATH, SCRIPT_PATH, STYLE_PATH } from './asset.ts'
import { IconSheet } from './icon.tsx'
import type { Look } from './look.ts'

const PLACES: readonly { path: string; title: string; permission: Permission }[] = [
  { path: '/', title: 'Connections', permission: 'connections.read' },
  { path: '/escalations', title: 'Escalations', permission: 'escalations.read' },
  { path: '/guide', title: 'Guide', permission: 'guide.read' },
  { path: '/keys', title: 'Keys', permission: 'keys.manage' },
]

const isHere = (path: string, here: string): boolean =>
  path === '/'
    ? here === '/' || /^\/(connections|rotations)(\/|$)/.test(here)
    : here === path ||
      here.startsWith(`${path}/`) ||
      (path === '/escalations' && here.startsWith('/bundles/'))

const Places = ({ look }: { look: Look }) => (
  <nav aria-label="Interlock">
    <ul class="places">
      {PLACES.filter(({ permission }) => look.may(permission)).map(({ path, title }) => (
        <li>
          <a href={path} aria-current={isHere(path, look.path) ? 'true' : undefined}>
            {title}
            {path === '/escalations' && look.waiting > 0 && (
              <>
                {' '}
                <span class="count">{look.waiting}</span>
                <span class="unseen"> waiting for you</span>
              </>
            )}
          </a>
        </li>
      ))}
    </ul>
  </nav>
)

const Signed = ({ look }: { look: Look }) =>
  look.principal === null ? null : (
    <form class="signed" method="post" action="/sign-out">
      <Csrf look={look} />
      <span>
        {look.principal.actor.name} <span class="quiet">({look.principal.role})</span>
      </span>
      <button class="link" type="submit">
        Sign out
      </button>
    </form>
  )

/** Every form of a signed-in person carries it. */
export const Csrf = ({ look }: { look: Look }) => (
  <input type="hidden" name="csrf" value={look.csrf} />
)

interface FrameProps {
  look: Look
  title: string
  /** Followed by the script: a new revision there redraws this page. */
  stream?: string | undefined
  children?: Child
}

export const Frame = ({ look, title, stream, children }: FrameProps) => (
  <html lang="en" data-now={new Date(look.now).toISOString()}>
    <head>
      <meta charset="utf-8" />
      <meta name="viewport" content="width=device-width, initial-scale=1" />
      <meta name="color-scheme" content="light dark" />
      <title>{title} · Interlock</title>
      <link rel="stylesheet" href={STYLE_PATH} />
      <link rel="icon" href={ICON_PATH} type="image/svg+xml" />
      <script src={SCRIPT_PATH} defer />
    </head>
    <body>
      <a class="skip" href="#main">
        Skip to the content
      </a>
      <IconSheet />
      <header class="top">
        <a class="brand" href="/">
          Interlock
        </a>
        <Places look={look} />
        <Signed look={look} />
      </header>
      <main id="main" tabindex={-1} data-stream={stream}>
        {children}
      </main>
      <footer class="foot">
        <a href="/docs">API</a>
      </footer>
      <div id="live" class="unseen" role="status" />
    </body>
  </html>
)

/** A piece of a page, for the script to put in its place. */
export const pieceOf = (piece: unknown): string => String(piece)

/** The whole page as it is sent. */
export const pageOf = (page: unknown): string => asPage(page)
