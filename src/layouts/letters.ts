/** The button for large letters (LargeText.astro): what is chosen stays in this browser, and goes to the person's other ones as soon as the workspace is open. */
import { textSizeKey, type TextSize } from '#src/ui/text-size.ts'

export function wakeLetters(button: HTMLButtonElement): void {
  const root = document.documentElement
  const tell = () => button.setAttribute('aria-pressed', String(root.dataset['text'] === 'large'))
  tell()
  button.addEventListener('click', () => {
    const size: TextSize = root.dataset['text'] === 'large' ? 'plain' : 'large'
    root.dataset['text'] = size
    tell()
    localStorage.setItem(textSizeKey, size)
  })
}
