/** Who the business is: what stands beside each of its guides. */
import { createSignal, For, Show, type JSX } from 'solid-js'
import { businessKinds } from '#domain/guide.ts'
import { peoplesLanguage, type Locale } from '#domain/locale.ts'
import { tidied } from '#domain/plain-text.ts'
import type { ProfileBody } from '#domain/profile.ts'
import type { Refusal } from '#domain/refusal.ts'
import { business } from '#src/i18n/business.ts'
import { pathTo } from '#src/i18n/paths.ts'
import { pages } from '#src/i18n/pages.ts'
import { inLocale } from '#src/i18n/strings.ts'
import { createHouse } from '../house.ts'
import type { Office } from './office.ts'
import { RefusalLines } from './RefusalLines.tsx'

const lines = ['name', 'registered', 'address', 'hours', 'phone'] as const
type Line = (typeof lines)[number]
const posters = ['sole-trader', 'company'] as const

export function ProfileForm(props: { readonly locale: Locale; readonly office: Office }) {
  const words = () => inLocale(business, props.locale).profile
  const steps = () => inLocale(business, props.locale).steps
  const [refused, setRefused] = createSignal<readonly Refusal[]>([])
  const own = () => props.office.profile()
  const said = (): Partial<ProfileBody> => own()?.body ?? {}
  const valueOf = (line: Line): string => (line === 'name' ? said().name : said().business?.[line]) ?? ''
  const labelOf = (field: string): string => {
    const line = lines.find((one) => field.endsWith(one))
    return line ? words()[line] : field
  }
  const save = async (event: SubmitEvent & { readonly currentTarget: HTMLFormElement }): Promise<void> => {
    event.preventDefault()
    const profile = profileIn(new FormData(event.currentTarget), said())
    setTyped(profile)
    if ((await house.look()).length > 0) return
    const result = await props.office.saveProfile(profile)
    setRefused(result.ok ? [] : result.error)
  }
  const [typed, setTyped] = createSignal<ProfileBody>()
  const house = createHouse(typed, (code) => {
    const now = typed()
    return now ? code.profileAgainstHouse(now) : []
  })
  const shown = () => {
    if (refused().length > 0) return refused()
    return house.refusals().length > 0 ? house.refusals() : (own()?.progress.refusals ?? [])
  }
  return (
    <form
      class="panel profile"
      onInput={(event) => setTyped(profileIn(new FormData(event.currentTarget), said()))}
      onSubmit={(event) => void save(event)}
      aria-labelledby="profile-title"
    >
      <h2 id="profile-title">{words().title}</h2>
      <p class="quiet">{words().lead}</p>
      <div class="pair">
        <Labelled label={words().poster} id="business-poster">
          <select id="business-poster" name="poster">
            <For each={posters}>
              {(poster) => (
                <option value={poster} selected={poster === said().poster}>
                  {words().posters[poster]}
                </option>
              )}
            </For>
          </select>
        </Labelled>
        <Labelled label={words().kind} id="business-kind">
          <select id="business-kind" name="kind">
            <For each={businessKinds}>
              {(kind) => (
                <option value={kind} selected={kind === said().business?.kind}>
                  {inLocale(pages, props.locale).guides.businesses[kind]}
                </option>
              )}
            </For>
          </select>
        </Labelled>
      </div>
      <For each={lines}>
        {(line) => (
          <Labelled
            label={words()[line]}
            id={`business-${line}`}
            help={line === 'registered' ? words().registeredHelp : undefined}
          >
            <input
              id={`business-${line}`}
              name={line}
              type={line === 'phone' ? 'tel' : 'text'}
              lang={line === 'phone' ? undefined : peoplesLanguage}
              value={valueOf(line)}
              maxlength={100}
              required={line !== 'registered'}
            />
          </Labelled>
        )}
      </For>
      <div role="alert">
        <RefusalLines locale={props.locale} refusals={shown()} labelOf={labelOf} />
      </div>
      <p class="btns">
        <button class="cta" type="submit" data-act="save-profile">
          {words().save}
        </button>
        <Show when={own()}>
          {(known) => (
            <span class="quiet" role="status" data-state={known().progress.step}>
              {steps()[known().progress.step]}
            </span>
          )}
        </Show>
        <Show when={own()?.progress.step === 'published'}>
          <a class="btn plain" href={pathTo(props.locale).poster(props.office.did)}>
            {words().page}
          </a>
        </Show>
      </p>
    </form>
  )
}

interface LabelledProps {
  readonly label: string
  readonly id: string
  readonly help?: string | undefined
  readonly children: JSX.Element
}

const Labelled = (props: LabelledProps) => (
  <div class="field">
    <label for={props.id}>{props.label}</label>
    {props.children}
    <Show when={props.help}>
      <p class="help">{props.help}</p>
    </Show>
  </div>
)

function profileIn(form: FormData, before: Partial<ProfileBody>): ProfileBody {
  const text = (name: string): string => tidied(String(form.get(name) ?? ''))
  const registered = text('registered')
  return {
    ...before,
    name: text('name'),
    poster: posters.find((one) => one === form.get('poster')) ?? 'company',
    business: {
      kind: businessKinds.find((one) => one === form.get('kind')) ?? 'shop',
      ...(registered && { registered }),
      address: text('address'),
      hours: text('hours'),
      phone: text('phone'),
    },
  }
}
