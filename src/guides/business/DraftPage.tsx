/** One draft: the editor on its room, what is kept of it, and publishing it. The editor is heavy and is loaded with the first draft. */
import { createResource, createSignal, lazy, Match, onCleanup, Show, Suspense, Switch } from 'solid-js'
import { fromBase64url, type Bytes } from '#domain/bytes.ts'
import { shortDid } from '#domain/identity.ts'
import type { Locale } from '#domain/locale.ts'
import { guideIdOf, memberNonceOf, policyIdOf } from '#domain/published-guide.ts'
import type { Refusal } from '#domain/refusal.ts'
import { civilDateOf } from '#domain/time.ts'
import { business } from '#src/i18n/business.ts'
import { inLocale } from '#src/i18n/strings.ts'
import { town } from '#src/i18n/town.ts'
import { HouseNotice } from '#src/sync/HouseNotice.tsx'
import type { Session } from '#src/sync/session.ts'
import type { WrittenGuide } from '../editor/GuideEditor.tsx'
import { hashOf, type DraftRef } from './address.ts'
import { openDraft, type DraftRoom } from './draft-room.ts'
import type { MyDrafts } from './my-drafts.ts'
import type { Office } from './office.ts'
import { RefusalLines } from './RefusalLines.tsx'

export const fetchEditor = () => import('../editor/GuideEditor.tsx')
const GuideEditor = lazy(async () => ({ default: (await fetchEditor()).GuideEditor }))

interface DraftPageProps {
  readonly locale: Locale
  readonly session: Session
  readonly office: Office
  readonly drafts: MyDrafts
  readonly draft: DraftRef
}

export function DraftPage(props: DraftPageProps) {
  const words = () => inLocale(business, props.locale)
  const opening = openDraft({ session: props.session, drafts: props.drafts, did: props.office.did }, props.draft)
  const [open] = createResource(() => opening)
  onCleanup(() => void opening.then((room) => room.close()))
  return (
    <div class="draft-page">
      <p>
        <a class="btn plain" href="#">
          {words().back}
        </a>
      </p>
      <Show when={open()} fallback={<p role="status">{words().loading}</p>}>
        {(room) => <OpenDraft {...props} open={room()} />}
      </Show>
    </div>
  )
}

function OpenDraft(props: DraftPageProps & { readonly open: DraftRoom }) {
  const words = () => inLocale(business, props.locale).editor
  const { room, standing } = props.open
  const isMine = props.draft.owner === props.office.did
  const isRead = () => isMine || room.synced() || room.doc.store.clients.size > 0
  const lost = () => {
    const found = standing()
    return typeof found === 'object' ? found : undefined
  }
  return (
    <Switch>
      <Match when={lost()}>
        {(found) => (
          <div class="hint bad" role="alert" data-lost>
            <p>{words().lost}</p>
            <a class="btn" href={hashOf({ ...found().copy, kind: 'draft' })}>
              {words().toCopy}
            </a>
          </div>
        )}
      </Match>
      <Match when={standing() === 'waiting'}>
        <div class="hint" data-waiting>
          <p>{words().waiting}</p>
          <button class="btn" type="button" onClick={() => location.reload()}>
            {words().again}
          </button>
        </div>
      </Match>
      <Match when={!isRead()}>
        <p class="hint" role="status" data-unread>
          {words().unread}
        </p>
      </Match>
      <Match when={isRead()}>
        <Desk {...props} />
      </Match>
    </Switch>
  )
}

function Desk(props: DraftPageProps & { readonly open: DraftRoom }) {
  const words = () => inLocale(business, props.locale)
  const { room } = props.open
  const [refused, setRefused] = createSignal<readonly Refusal[]>([])
  const [signed, setSigned] = createSignal<number>()
  const [guide] = createResource(() => guideIdOf(props.draft.owner, props.draft.draft))
  const isMine = props.draft.owner === props.office.did
  room.awareness?.setLocalStateField('user', { name: nameOf(props.office) })
  onCleanup(() => room.awareness?.setLocalState(null))
  const needsProfile = () => isMine && !props.office.profile()?.body.business
  const decision = () => props.office.decisions().get(guide() ?? '') ?? props.office.decisions().get(props.office.did)
  const own = () => props.office.guides().find(({ body }) => body.guide === guide())

  const publish = async (written: WrittenGuide): Promise<void> => {
    setSigned(undefined)
    const known = guide()
    if (!known) return
    const { owner, draft } = props.draft
    const { title, summary, body: text, policy } = written
    const said = { owner, draft, guide: known, state: 'live' as const, lang: props.locale, title, summary, text }
    const nonce = await nonceOf(props)
    const result = await props.office.publish({ ...said, ...(policy && { policy }) }, nonce, props.open.published())
    setRefused(result.ok ? [] : result.error)
    if (!result.ok) return
    props.open.tellPublished(result.value)
    setSigned(result.value)
  }
  const frame = () => {
    const named = guide() ? { id: policyIdOf(guide() ?? '') } : {}
    const author = isMine ? props.office.profile()?.body.name : undefined
    const validFrom = civilDateOf(props.session.now(), town.portal.zone)
    return { ...named, version: props.open.published() + 1, validFrom, ...(author && { author }) }
  }
  return (
    <>
      <p class="quiet" role="status" data-kept={room.stored() ? 'stored' : 'saved'}>
        {room.stored() ? words().editor.stored : words().editor.saved}
      </p>
      <Show when={isMine && decision()}>
        {(decided) => <HouseNotice locale={props.locale} use="person" decision={decided()} isNamed />}
      </Show>
      <Suspense fallback={<p role="status">{words().loading}</p>}>
        <GuideEditor
          doc={room.doc}
          locale={props.locale}
          zone={town.portal.zone}
          {...(room.awareness && { awareness: room.awareness })}
          frame={frame()}
          onPublish={(written) => void publish(written)}
        />
      </Suspense>
      <div role="status">
        <Show when={needsProfile()}>
          <p class="hint">{words().editor.noProfile}</p>
        </Show>
        <Show when={!isMine}>
          <p class="quiet">{words().editor.notMine}</p>
        </Show>
        <Show when={signed()}>{(version) => <p class="hint ok">{words().editor.published(version())}</p>}</Show>
        <Show when={own()}>
          {(found) => (
            <p data-published={found().progress.step} data-version={found().body.version}>
              {words().guides.version(found().body.version)} · {words().steps[found().progress.step]}
            </p>
          )}
        </Show>
        <RefusalLines
          locale={props.locale}
          refusals={refused().length > 0 ? refused() : (own()?.progress.refusals ?? [])}
        />
      </div>
    </>
  )
}

const nameOf = ({ profile, did }: Office): string => profile()?.body.name ?? shortDid(did)

/** The owner's own record of a guide bears the draft's name. */
async function nonceOf({ draft: { owner, draft }, office }: DraftPageProps): Promise<Bytes> {
  const own = owner === office.did ? fromBase64url(draft) : undefined
  return own ?? memberNonceOf(owner, draft)
}
