/** What Hono hands to a page rendered per request. Prerendered pages have none of it. */
/// <reference types="astro/client" />
declare namespace App {
  interface Locals {
    /** The language of the page, said by its address. */
    locale: import('#domain/locale.ts').Locale
    readonly readModel: import('#domain/read-model.ts').ReadModel
    /** The relay's clock, ms. */
    readonly now: number
    /** Where this portal is reached, without a slash at the end. */
    readonly origin: string
    /** Draws the picture that other apps show beside an address; JPEG. */
    readonly draw: (card: import('#domain/preview.ts').PreviewCard) => Promise<Uint8Array>
    /** The answer to a contact form sent without JavaScript; only then is its page shown. */
    readonly contact?: import('#domain/result.ts').Result<
      { readonly contact: import('#domain/contact.ts').Contact },
      { readonly kind: string }
    >
    /** This network has searched too often: nothing is looked for, and what was typed stays. */
    readonly tooOften?: true
    /** What became of a report sent without JavaScript. */
    readonly reported?: import('#domain/result.ts').Result<'taken' | 'again', { readonly kind: string }>
    /** Only for the operator, behind a gate. */
    readonly operator?: import('#domain/operator.ts').OperatorFigures
  }
}
