/** Words of private notes on listings. */
import type { Area } from './strings.ts'

const zhHans = {
  label: '我的备注（只有你看得见）',
  example: '比如：周六下午去看，砍到 200',
  count: (n: number, most: number) => `${n} / ${most} 字`,
  tooLong: (n: number) => `两台设备上写的合在一起了，多出 ${n} 字，请删短一些。`,
  saving: '正在存……',
  kept: '已存在这台设备，封好后随你的钥匙同步。',
  failed: '这台设备存不下了，字还在这里。腾出空间后会自己再存。',
  memory: '这个浏览器不让网页存东西：关掉本页，备注就没了。',
  readOnly: '这个页面不能写备注：请用 https 打开信息港。',
  lost: '备注没能打开，连上网络再试一次。',
  drop: '删除备注',
  dropped: '备注已删除。',
  'drop-failed': '这台设备没能存下这次删除，过一会儿会自己再试；也可以撤销。',
  undo: '撤销',
}
const en: typeof zhHans = {
  label: 'My note (only you see it)',
  example: 'Such as: look at it on Saturday, ask for 200',
  count: (n, most) => `${n} / ${most} characters`,
  tooLong: (n) => `What two devices wrote was put together; it is ${n} characters too long. Please shorten it.`,
  saving: 'Saving …',
  kept: 'Kept on this device; sealed, it goes to your other ones.',
  failed: 'This device has no room left; your words are still here and are tried again once there is.',
  memory: 'This browser lets pages keep nothing: the note goes when you close this page.',
  readOnly: 'Notes cannot be written on this page: open the portal by https.',
  lost: 'The note could not be opened. Connect and try again.',
  drop: 'Delete the note',
  dropped: 'The note is deleted.',
  'drop-failed': 'This device could not keep that it is deleted; it tries again by itself. You can still undo it.',
  undo: 'Undo',
}
export const notes = { 'zh-Hans': zhHans, en } satisfies Area<typeof zhHans>
