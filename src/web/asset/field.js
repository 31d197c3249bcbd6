// What a form can say before it is sent: a pasted token stays here, a double click is one click, and
// the server has a word about what is being typed. Served as one script with app.js.
const all = (selector) => [...document.querySelectorAll(selector)]

// A double click is one click; a slow answer is told.
document.addEventListener('submit', (event) => {
  const form = event.target
  if (form.dataset.sent) return event.preventDefault()
  if (refuseToken(form)) return event.preventDefault()
  if (form.method !== 'post') return
  form.dataset.sent = '1'
  const button = event.submitter
  button?.setAttribute('aria-busy', 'true')
})
window.addEventListener('pageshow', (event) => {
  if (!event.persisted) return
  for (const form of all('form[data-sent]')) delete form.dataset.sent
  for (const button of all('[aria-busy]')) button.removeAttribute('aria-busy')
})

// A pasted token is refused before it leaves this page. The server looks again, and more closely.
const TOKENS =
  /\bbearer\s+\S{12,}|\b(scim|ilk|ghp|gho|ghs|github_pat|xox[abprs]|sk|pk|glpat|dapi|axf|ssws)[_\- ][\w-]{12,}|\beyJ[\w-]{12,}\.[\w-]{8,}|-----BEGIN [A-Z ]*PRIVATE KEY/i
const isOdd = (run) => /\d/.test(run) && /[a-z]/i.test(run) && new Set(run).size >= 12
const PLAIN =
  /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$|^(con|rot|esc|bun|tok|key|req)_/i
const seemsToken = (text) =>
  TOKENS.test(text) ||
  text
    .split(/[\s"'<>(),;=:/?&@]+/)
    .some((run) => run.length >= 24 && !PLAIN.test(run) && /^[\w.~+-]+$/.test(run) && isOdd(run))
function judge(field) {
  if (field.type === 'password' || field.type === 'hidden' || !('value' in field)) return false
  const bad = /^(text|search|email|textarea)$/.test(field.type) && seemsToken(field.value)
  const id = `${field.id}-token`
  document.getElementById(id)?.remove()
  if (bad) {
    field.setAttribute('aria-invalid', 'true')
    const note = document.createElement('span')
    note.id = id
    note.className = 'hint bad'
    note.setAttribute('role', 'alert')
    note.textContent =
      'This looks like a token, and is not sent. Take it out. If it is one, it is exposed now: revoke it where it was issued.'
    field.after(note)
  } else if (field.getAttribute('aria-invalid')) field.removeAttribute('aria-invalid')
  return bad
}
function refuseToken(form) {
  const bad = [...form.elements].filter(judge)
  bad[0]?.focus()
  return bad.length > 0
}

// Fields that the server has a word about while they are typed, and forms whose summary it redraws.
const waiting = new Map()
document.addEventListener('input', (event) => {
  const field = event.target
  const form = field.form
  if (!form || judge(field)) return
  const about = field.dataset.check ?? form.dataset.redraw
  if (!about) return
  clearTimeout(waiting.get(about))
  waiting.set(
    about,
    setTimeout(() => void ask(form, field, about), 300),
  )
})
async function ask(form, field, about) {
  if ([...form.elements].some((each) => each.getAttribute?.('aria-invalid') === 'true')) return
  const body = new URLSearchParams(new FormData(form))
  for (const each of form.elements) if (each.type === 'password') body.delete(each.name)
  const answer = await fetch(about, {
    method: 'POST',
    body,
    headers: { Accept: 'text/html, application/json' },
  })
  if (!answer.ok) return
  if (field.dataset.check) {
    const { notes = [] } = await answer.json()
    const hint = document.getElementById(`${field.id}-hint`)
    if (hint) hint.textContent = notes.join(' ')
    return
  }
  const into = document.getElementById(form.dataset.into)
  const next = new DOMParser().parseFromString(await answer.text(), 'text/html').body
  // What belongs beside a field goes there; the rest is the summary.
  for (const note of next.querySelectorAll('[data-beside]')) {
    document.getElementById(note.dataset.beside)?.replaceChildren(...note.childNodes)
    note.remove()
  }
  if (into) into.replaceChildren(...next.childNodes)
  document.dispatchEvent(new Event('interlock:redrawn'))
}
