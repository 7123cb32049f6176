/** How to reach the poster; never part of the public text, and kept when an edit leaves it empty. */
import { contactKinds } from '#domain/contact.ts'
import { listing } from '#src/i18n/listing.ts'
import { post } from '#src/i18n/post.ts'
import { inLocale } from '#src/i18n/strings.ts'
import { SelectControl, TextControl, type FormView } from './Controls.tsx'

export function ContactFields(props: { readonly form: FormView; readonly hasContact: boolean }) {
  const words = () => inLocale(post, props.form.locale).form
  const kinds = () => inLocale(listing, props.form.locale).contactKind
  const help = () => {
    if (props.form.values['contactValue']) return words().contactHelp
    return props.hasContact ? words().contactKept : `${words().contactHelp}${words().contactNone}`
  }
  return (
    <fieldset class="group">
      <legend class="legend">{words().contact}</legend>
      <div class="pair">
        <SelectControl
          form={props.form}
          name="contactKind"
          label={words().contactKind}
          options={contactKinds.map((id) => ({ id, name: kinds()[id] }))}
        />
        <TextControl
          form={props.form}
          name="contactValue"
          label={words().contactValue}
          type={props.form.values['contactKind'] === 'phone' ? 'tel' : 'text'}
          help={help()}
        />
      </div>
    </fieldset>
  )
}
