/** Words of the photo field, and of photos on their way. */
import type { Area } from './strings.ts'

const zhHans = {
  choose: '选照片',
  take: '拍一张',
  drop: '也可以拖进来，或直接粘贴。',
  onDevice: '照片先只存在这台设备上，提交后才送到信息港；换一台设备接着写时，要在那里再选一次。',
  full: '已有 8 张，去掉一张才能再加。',
  list: '已选的照片',
  photo: (n: number) => `第 ${n} 张照片`,
  cover: '封面',
  before: (n: number) => `第 ${n} 张往前移`,
  after: (n: number) => `第 ${n} 张往后移`,
  remove: (n: number) => `去掉第 ${n} 张`,
  moved: (n: number) => (n === 1 ? '已移到最前，作封面。' : `已移到第 ${n} 张。`),
  removed: '已去掉一张照片。',
  undo: '撤销',
  working: (n: number) => `正在缩小照片，还剩 ${n} 张…`,
  added: (n: number) => `已加上，共 ${n} 张。`,
  notHere: '照片不在这台设备上',
  close: '知道了',
  refused: {
    'no-picture': (name: string) => `“${name}”不是照片：只收 JPEG、PNG、WebP、GIF、HEIC 图片，看的是内容，不是文件名。`,
    'too-heavy': (name: string) => `“${name}”太大了：一张最多 40 MB。请用相机的普通画质再拍一张。`,
    'too-many-pixels': (name: string) =>
      `“${name}”像素太多：一张最多 5000 万像素。请在相机里调低分辨率，或先截成小一点的图。`,
    unreadable: (name: string) => `“${name}”打不开：文件坏了，或这个浏览器不认识这种格式。请换成 JPEG 再试。`,
    twice: (name: string) => `“${name}”已经选过了。`,
    'too-many': (name: string) => `“${name}”没有加上：照片最多 8 张。`,
    'not-kept': (name: string) => `“${name}”没能存到这台设备上：存储空间满了。腾出一些空间再选一次。`,
  },
  lead: (n: number) => `有 ${n} 张没有加上，其余的都在：`,
  sending: (sent: number, all: number) => `照片已送到 ${sent} / ${all} 张`,
  waiting: (n: number) => `还有 ${n} 张照片等着送，网络通了会自己送出去；信息已经可以看，照片随后就到。`,
  notTaken: {
    refused: (n: number) => `有 ${n} 张照片信息港没有收。请去掉它，再选一次。`,
    'ended-key': (n: number) =>
      `有 ${n} 张照片信息港没有收：这把钥匙已经签字终止。照片还在这台设备上；要发布，请换一把钥匙。`,
    'erased-key': (n: number) =>
      `有 ${n} 张照片信息港没有收：这把钥匙的一切已由主人删除，它不能再发。照片还在这台设备上。`,
  },
  sharedWithout: '文字接过来了，照片没有：请在下面再选一次照片。打开过一次信息港之后，分享就能带照片了。',
}
export type PhotoWords = typeof zhHans

const en: PhotoWords = {
  choose: 'Choose photos',
  take: 'Take one',
  drop: 'Or drop them here, or paste.',
  onDevice: 'Until you post, photos stay on this device; to go on writing on another one, choose them there again.',
  full: 'There are 8; remove one to add another.',
  list: 'Chosen photos',
  photo: (n) => `Photo ${n}`,
  cover: 'Cover',
  before: (n) => `Move photo ${n} forward`,
  after: (n) => `Move photo ${n} back`,
  remove: (n) => `Remove photo ${n}`,
  moved: (n) => (n === 1 ? 'Now the first: the cover.' : `Now photo ${n}.`),
  removed: 'A photo was removed.',
  undo: 'Undo',
  working: (n) => `Making photos smaller, ${n} to go…`,
  added: (n) => `Added; ${n} in all.`,
  notHere: 'Not on this device',
  close: 'All right',
  refused: {
    'no-picture': (name) =>
      `“${name}” is no photo: JPEG, PNG, WebP, GIF and HEIC are taken, and what counts is what is in the file, not its name.`,
    'too-heavy': (name) => `“${name}” is too large: 40 MB each at most. Take it again at the camera’s usual quality.`,
    'too-many-pixels': (name) =>
      `“${name}” has too many pixels: 50 million at most. Lower the camera’s resolution, or crop it first.`,
    unreadable: (name) =>
      `“${name}” cannot be opened: it is damaged, or this browser does not know its format. Try it as JPEG.`,
    twice: (name) => `“${name}” is there already.`,
    'too-many': (name) => `“${name}” was not added: 8 photos at most.`,
    'not-kept': (name) =>
      `“${name}” could not be kept on this device: its storage is full. Free some and choose it again.`,
  },
  lead: (n) => `${n} not added; all others are here:`,
  sending: (sent, all) => `Photos at the portal: ${sent} of ${all}`,
  waiting: (n) =>
    `${n} ${n === 1 ? 'photo waits' : 'photos wait'} to be sent and will go by themselves when there is a network; the listing can be read meanwhile.`,
  notTaken: {
    refused: (n) => `${n} ${n === 1 ? 'photo was' : 'photos were'} not taken by the portal. Remove and choose again.`,
    'ended-key': (n) =>
      `${n} ${n === 1 ? 'photo was' : 'photos were'} not taken: this key has ended itself. ${n === 1 ? 'It is' : 'They are'} still on this device; begin with a new key to post.`,
    'erased-key': (n) =>
      `${n} ${n === 1 ? 'photo was' : 'photos were'} not taken: all of this key was erased by its owner, and it can post no more. ${n === 1 ? 'It is' : 'They are'} still on this device.`,
  },
  sharedWithout:
    'The words came over, the photos did not: please choose them below. Once the portal was open here, sharing brings photos too.',
}

export const photoWords = { 'zh-Hans': zhHans, en } satisfies Area<PhotoWords>
