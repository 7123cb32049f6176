/** Checks in the reader's own browser that a guide is what its business published; the server's word is not taken for it. */
import { createSignal, Match, onMount, Switch } from 'solid-js'
import type { GuideProof, ShownGuide } from '#domain/guide-proof.ts'
import type { Locale } from '#domain/locale.ts'
import { guideSignature } from '#src/i18n/guide-signature.ts'
import { inLocale } from '#src/i18n/strings.ts'
import { VerdictChip } from '#src/ui/VerdictChip.tsx'

interface GuideSignatureProps extends GuideProof {
  readonly locale: Locale
  /** What the page shows. */
  readonly shown: ShownGuide
}

export function GuideSignature(props: GuideSignatureProps) {
  const words = () => inLocale(guideSignature, props.locale)
  const [voucher, setVoucher] = createSignal<'owner' | 'member' | 'nobody'>()
  onMount(() => {
    if (globalThis.crypto?.subtle) void check(props).then(setVoucher, () => undefined) // its code did not come: nothing is said
  })
  const known = () => {
    const found = voucher()
    return found === 'nobody' ? undefined : found
  }
  return (
    <span class="signature" role="status" data-signature={voucher()}>
      <Switch>
        <Match when={known()}>{(by) => <VerdictChip holds>{words()[by()]}</VerdictChip>}</Match>
        <Match when={voucher() === 'nobody'}>
          <VerdictChip holds={false}>{words().forged}</VerdictChip>
        </Match>
      </Switch>
    </span>
  )
}

async function check({
  shown,
  portal,
  record,
  delegation,
}: GuideSignatureProps): Promise<'owner' | 'member' | 'nobody'> {
  const { guideVouchedBy } = await import('#domain/guide-proof.ts')
  return (await guideVouchedBy(shown, { portal, record, delegation })) ?? 'nobody'
}
