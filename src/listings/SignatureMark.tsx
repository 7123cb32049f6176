/** Checks in the reader's own browser that the page shows what its author signed; the server's word is not taken for it. */
import { createSignal, Match, onMount, Switch } from 'solid-js'
import type { ListingBody } from '#domain/listing.ts'
import type { Locale } from '#domain/locale.ts'
import { reading } from '#src/i18n/reading.ts'
import { inLocale } from '#src/i18n/strings.ts'
import { Icon } from '#src/ui/Icon.tsx'

type Verdict = 'genuine' | 'forged' | 'redated'

interface SignatureMarkProps {
  readonly locale: Locale
  readonly portal: string
  /** What the page shows. */
  readonly shown: { readonly id: string; readonly author: string; readonly body: ListingBody }
  /** The signed record. */
  readonly record: string
}

export function SignatureMark(props: SignatureMarkProps) {
  const words = () => inLocale(reading, props.locale).signature
  const [verdict, setVerdict] = createSignal<Verdict>()
  onMount(() => {
    if (globalThis.crypto?.subtle) void check(props).then(setVerdict, () => undefined) // its code did not come: nothing is said
  })
  return (
    <span class="signature" role="status" data-signature={verdict()}>
      <Switch>
        <Match when={verdict() === 'genuine'}>
          <span class="chip ok">
            <Icon name="verified" />
            {words().genuine}
          </span>
        </Match>
        <Match when={verdict() === 'forged'}>
          <strong class="chip bad">
            <Icon name="alert" />
            {words().forged}
          </strong>
        </Match>
        <Match when={verdict() === 'redated'}>
          <strong class="chip bad">
            <Icon name="alert" />
            {words().redated}
          </strong>
        </Match>
      </Switch>
    </span>
  )
}

async function check({ record, portal, shown }: SignatureMarkProps): Promise<Verdict> {
  const [{ openRecord }, { keepsRenewalGap }] = await Promise.all([
    import('#domain/record.ts'),
    import('#domain/life.ts'),
  ])
  const opened = await openRecord(record, portal)
  if (!opened.ok) return 'forged'
  const { id, author, body } = opened.value.envelope
  const isShown = id === shown.id && author === shown.author && spelled(body) === spelled(shown.body)
  if (!isShown) return 'forged'
  return keepsRenewalGap(opened.value.envelope) ? 'genuine' : 'redated'
}

/** The same for the same content, whatever the order of its keys. */
const spelled = (body: object): string =>
  JSON.stringify(body, (_, value: unknown) =>
    typeof value === 'object' && value !== null
      ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
      : value,
  )
