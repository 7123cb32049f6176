/** The same icons for islands. */
import { icons, type IconName } from './icons.ts'

export const Icon = (props: { readonly name: IconName }) => (
  <svg class="icon" viewBox="0 0 24 24" aria-hidden="true">
    <path d={icons[props.name]} />
  </svg>
)
