// What the pages can do better with a script: the reader's own time zone, copy buttons, live updates,
// looking again by itself. Without it everything still works. Served as one script with field.js.
const $$ = (selector, root = document) => [...root.querySelectorAll(selector)]
const live = document.getElementById('live')
const say = (text) => {
  if (live) live.textContent = text
}

// Times: the server writes UTC; the reader's zone takes its place, and UTC goes into the tooltip.
const clockOf = (date, options) => new Intl.DateTimeFormat(undefined, options).format(date)
const UNITS = [
  ['day', 86400000],
  ['h', 3600000],
  ['min', 60000],
  ['s', 1000],
]
const span = (length) => {
  const all = Math.max(0, length)
  const [unit, size] = UNITS.find((each) => all >= each[1] * 2) ?? UNITS[3]
  const count = Math.floor(all / size)
  return `${count} ${unit}${unit === 'day' ? 's' : ''}`
}
// The server's clock counts: the reader's may be wrong by hours.
const served = Date.parse(document.documentElement.dataset.now ?? '') || Date.now()
const offset = served - Date.now()
const now = () => Date.now() + offset

function tellTimes(root = document) {
  for (const time of $$('time[data-time]', root)) {
    const at = new Date(time.dateTime)
    if (Number.isNaN(at.getTime())) continue
    const away = now() - at
    const kind = time.dataset.time
    if (kind === 'ago') {
      const text =
        Math.abs(away) < 2000 ? 'just now' : away > 0 ? `${span(away)} ago` : `in ${span(-away)}`
      if (time.textContent !== text) time.textContent = text
    } else if (!time.dataset.told) {
      time.dataset.told = '1'
      const today = at.toDateString() === new Date(now()).toDateString()
      const day = { day: 'numeric', month: 'short' }
      const second = kind === 'second' ? { second: '2-digit' } : {}
      const hour = { hour: '2-digit', minute: '2-digit', ...second, hourCycle: 'h23' }
      time.textContent = clockOf(
        at,
        kind === 'day' ? { ...day, year: 'numeric' } : today ? hour : { ...day, ...hour },
      )
    }
  }
  for (const bar of $$('progress[data-until]', root)) {
    const since = Date.parse(bar.dataset.since)
    const until = Date.parse(bar.dataset.until)
    if (until > since)
      bar.value = Math.min(100, Math.max(0, ((now() - since) / (until - since)) * 100))
  }
}

// Copying: the button tells what happened on itself, and nowhere else.
function offerCopies(root = document) {
  for (const place of $$('[data-copy]', root)) {
    if (!navigator.clipboard || place.querySelector('button')) continue
    const button = document.createElement('button')
    button.type = 'button'
    button.textContent = 'Copy'
    button.setAttribute('aria-label', `Copy ${place.dataset.copy}`)
    button.addEventListener('click', () => void copy(place, button))
    place.append(button)
  }
}

async function copy(place, button) {
  try {
    await navigator.clipboard.writeText(place.querySelector('code').textContent)
    button.textContent = 'Copied'
    button.setAttribute('aria-label', `Copied ${place.dataset.copy}`)
    say(`Copied ${place.dataset.copy}`)
  } catch {
    button.textContent = 'Select it and copy by hand'
  }
}

// A new version of this page takes its place, unless somebody is in the middle of typing, or a value
// stands on it that will never be shown again.
const isBusy = () =>
  document.querySelector('[data-once]') !== null ||
  $$('main form').some((form) =>
    [...form.elements].some(
      (field) =>
        /^(text|password|url|email|search|number|textarea)$/.test(field.type) &&
        field.value !== field.defaultValue,
    ),
  )
const isOpenKey = (details) => details.querySelector('summary')?.textContent?.trim()
function put(html, url) {
  const next = new DOMParser().parseFromString(html, 'text/html')
  const main = next.querySelector('main')
  const old = document.querySelector('main')
  if (!main || !old) {
    location.assign(url)
    return
  }
  const open = new Set($$('details[open]', old).map(isOpenKey))
  for (const details of $$('details', main)) if (open.has(isOpenKey(details))) details.open = true
  const focused = old.contains(document.activeElement) ? pathOf(document.activeElement) : null
  old.replaceWith(document.adoptNode(main))
  document.title = next.title
  if (url && url !== location.href) history.replaceState(null, '', url)
  dress()
  const refusal = document.querySelector('[data-focus]')
  const back = focused && document.querySelector(focused)
  if (refusal) refusal.focus()
  else if (back) back.focus({ preventScroll: true })
}
const pathOf = (element) => {
  if (element.id) return `#${CSS.escape(element.id)}`
  const form = element.closest('form')
  return form && element.type === 'submit'
    ? `form[action="${form.getAttribute('action')}"] [type=submit]`
    : null
}

let stream = null
function follow() {
  const path = document.querySelector('main')?.dataset.stream
  if (stream && stream.path === path) return
  stream?.source.close()
  stream = null
  if (!path || typeof EventSource === 'undefined') return
  let seen = Number(new URL(path, location.href).searchParams.get('since'))
  const source = new EventSource(path.split('?')[0])
  stream = { path, source }
  source.addEventListener('revision', (event) => {
    const { revision } = JSON.parse(event.data)
    if (revision <= seen) return
    seen = revision
    void refresh()
  })
}
async function refresh() {
  if (isBusy()) {
    say('This rotation has moved on. Load the page again when you are ready.')
    return offerReload()
  }
  const answer = await fetch(location.pathname + location.search, {
    headers: { Accept: 'text/html' },
  })
  if (answer.ok && !answer.redirected) {
    put(await answer.text(), location.href)
    say('The page was brought up to date.')
  }
}
function offerReload() {
  if (document.querySelector('[data-moved]')) return
  const note = document.createElement('p')
  note.className = 'said'
  note.dataset.moved = ''
  note.textContent = 'Something has changed since this page was drawn. '
  const link = document.createElement('a')
  link.href = location.pathname
  link.textContent = 'Load it again'
  note.append(link)
  document.querySelector('main')?.prepend(note)
}

// Looking again by itself: at a moment the server named, or every so many seconds.
let timer
function lookAgain() {
  clearInterval(timer)
  const form = document.querySelector('form[data-again]')
  if (!form) return
  const said = form.querySelector('[data-countdown]')
  const due = /^\d+$/.test(form.dataset.again)
    ? now() + Number(form.dataset.again) * 1000
    : Math.max(Date.parse(form.dataset.again) + 1500, now() + 5000)
  timer = setInterval(() => {
    const left = due - now()
    if (said) said.textContent = left > 0 ? `looking again in ${span(left)}` : 'looking'
    if (left > 0 || isBusy() || document.hidden) return
    clearInterval(timer)
    void send(form)
  }, 1000)
}
async function send(form, pressed) {
  const body = new URLSearchParams(new FormData(form, pressed))
  const answer = await fetch(form.action, {
    method: 'POST',
    body,
    headers: { Accept: 'text/html' },
  })
  if (answer.redirected && new URL(answer.url).pathname === '/sign-in') location.assign(answer.url)
  else put(await answer.text(), answer.redirected ? answer.url : location.href)
}

function dress() {
  tellTimes()
  offerCopies()
  follow()
  lookAgain()
}
dress()
document.querySelector('[data-focus]')?.focus()
document.addEventListener('interlock:redrawn', () => dress())
setInterval(() => tellTimes(), 1000)
