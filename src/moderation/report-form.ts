/** Sends a report in place, signed by the reader's key where there is one. What was typed stays until it was taken. */
export function startReport(details: HTMLElement): void {
  const form = details.querySelector('form')
  form?.addEventListener('submit', (event) => {
    event.preventDefault()
    void send(details, form)
  })
  if (location.hash === '#report') details.setAttribute('open', '')
  addEventListener('hashchange', () => location.hash === '#report' && details.setAttribute('open', ''))
}

async function send(details: HTMLElement, form: HTMLFormElement): Promise<void> {
  const button = form.querySelector('button')
  if (button) button.disabled = true
  show(details)
  const answer = await answerTo(form)
  show(details, answer)
  if (button) button.disabled = false
  if (answer !== 'taken' && answer !== 'again') return
  form.hidden = true
  show(details, answer, 'log')
}

async function answerTo(form: HTMLFormElement): Promise<string> {
  try {
    const { signedHeaders } = await import('#src/sync/signed-headers.ts')
    const post = (own: Readonly<Record<string, string>>) =>
      fetch(form.action, { method: 'POST', headers: { Accept: 'application/json', ...own }, body: new FormData(form) })
    const signed = await post(await signedHeaders('person'))
    const response = signed.status === 401 ? await post({}) : signed // a key that has ended, or a clock that is off: it counts as of somebody who has none
    return String(((await response.json()) as { readonly kind: unknown }).kind)
  } catch {
    return 'failed' // no network, or its code did not come
  }
}

function show(details: HTMLElement, ...answers: readonly string[]): void {
  const known = [...details.querySelectorAll<HTMLElement>('[data-answer]')]
  const isKnown = answers.every((answer) => known.some(({ dataset }) => dataset['answer'] === answer))
  for (const part of known) part.hidden = !(isKnown ? answers : ['failed']).includes(part.dataset['answer'] ?? '')
}
