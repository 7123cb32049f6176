/** A listing as a card. Pages render it on the server, live lists in the browser; it only shows words it is given. */
import { For, Show } from 'solid-js'
import { Icon } from './Icon.tsx'
import type { IconName } from './icons.ts'

export interface CardProps {
  readonly id: string
  readonly href: string
  readonly title: string
  readonly icon: IconName | undefined
  readonly kind: string
  readonly tag: string
  readonly price: { readonly amount: string; readonly unit: string; readonly isSum: boolean } | undefined
  readonly says: readonly { readonly text: string; readonly lang: string | undefined }[]
  /** Of the title. */
  readonly lang: string
  readonly district: string
  readonly age: string
  readonly at: string
  readonly by: string
  /** Whom it is from, for who has hidden them (hidden-style.ts). */
  readonly from: string
  readonly sample: string
  /** Of its first photo: where it is in two widths. */
  readonly cover: { readonly src: string; readonly srcset: string } | undefined
}

export const ListingCard = (props: { readonly card: CardProps; readonly fresh?: boolean }) => (
  <a class="card" classList={{ fresh: props.fresh === true }} href={props.card.href} data-record={props.card.id}>
    <span class="photo" data-icon={props.card.icon}>
      <Show when={!props.card.cover && props.card.icon}>{(icon) => <Icon name={icon()} />}</Show>
      <Show when={props.card.cover}>
        {(cover) => (
          <img src={cover().src} srcset={cover().srcset} sizes="240px" width="320" height="200" loading="lazy" alt="" />
        )}
      </Show>
      <Show when={props.card.tag}>
        <span class="tag">{props.card.tag}</span>
      </Show>
      <span class="kind">{props.card.kind}</span>
    </span>
    <span class="body">
      <h3 lang={props.card.lang}>{props.card.title}</h3>
      <Show when={props.card.price} fallback={<Says class="price none" card={props.card} />}>
        {(price) => (
          <span class="price">
            {price().amount}
            <small>{price().unit}</small>
          </span>
        )}
      </Show>
      <Show when={props.card.price} fallback={<span class="says" />}>
        <Says class="says" card={props.card} />
      </Show>
      <span class="meta">
        <span>{props.card.district}</span>
        <time datetime={props.card.at}>{props.card.age}</time>
        <span class="by" classList={{ extra: props.card.sample !== '' }}>
          {props.card.by}
        </span>
        <Show when={props.card.sample}>
          <span class="sample">{props.card.sample}</span>
        </Show>
      </span>
    </span>
  </a>
)

const Says = (props: { readonly class: string; readonly card: CardProps }) => (
  <span class={props.class}>
    <For each={props.card.says}>
      {({ text, lang }, i) => (
        <>
          {i() > 0 ? ' · ' : ''}
          <span lang={lang}>{text}</span>
        </>
      )}
    </For>
  </span>
)

/** @param flat lying down, for long lists @param all of whom its reader has hidden too: on that poster's own page */
export const ListingCards = (props: {
  readonly cards: readonly CardProps[]
  readonly flat?: boolean
  readonly all?: boolean
}) => (
  <ul class="cards" classList={{ flat: props.flat === true, all: props.all === true }}>
    {props.cards.map((card) => (
      <li data-by={card.from}>
        <ListingCard card={card} />
      </li>
    ))}
  </ul>
)
