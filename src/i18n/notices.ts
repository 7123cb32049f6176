/** Words of the notices about what this browser can keep, and what the relay does not take; loaded with the first of them. */
import type { Area } from './strings.ts'

const zhHans = {
  memoryOnly: '这个浏览器现在不能保存内容，关掉页面后写的东西会丢失。请退出无痕模式，或腾出存储空间后再写。',
  full: '这台设备的存储空间满了，新写的内容还没存进来。先别关这一页；腾出一些空间，会自动再存。',
  gone: '这个网站在本机的数据刚被清除，这一页写的东西只在这一页里。已送到信息港的不会丢：先别急着关，等写的送出去，再重新打开这一页。',
  readOnly: '这个地址不是安全连接（https），只能浏览，不能发布。',
  understood: '知道了',
  lost: '信息港上没有你以前存的一些内容了：它恢复了旧备份，或者内容已被清除。这台设备上还留着一份，没有送出。',
  putBack: '放回去',
  drop: '不要了，也从本机删掉',
  // By the code of the relay's refusal; `other` for those that have no words of their own.
  refused: {
    'room-full': '你在信息港的空间满了，新内容只存在本机。删掉一些旧信息，就会自动送出。',
    'key-full': '第一条信息通过之前，只能存少量内容；写的东西已存本机，通过后自动送出。',
    'newcomers-full': '信息港暂时不收新用户的内容。写的东西已存本机，过一阵会自动送出。',
    'too-many-keys': '这个网络一小时内的新用户太多了。写的东西已存本机，过一阵会自动送出。',
    'too-many-sockets': '这个网络打开的页面太多了。写的东西已存本机；关掉一些页面，一分钟后会自动重连。',
    'disk-low': '信息港的存储空间不多了，暂时不收新用户的内容。写的东西已存本机，之后会自动送出。',
    'erased-key':
      '这把钥匙的主人已把它在信息港上的一切删除，它不能再写。在“我的”页清除这台设备，就能用新的钥匙重新开始。',
    'ended-key': '这把钥匙已经签字终止，信息港不再收它写的内容；你写的还在这台设备上。要继续发布，请换一把钥匙。',
    storage: '信息港现在存不下内容。写的东西已存本机，之后会自动送出。',
    other: '信息港现在没有收下内容。写的东西已存本机，之后会自动再送。',
  },
}

const en: typeof zhHans = {
  memoryOnly:
    'This browser cannot keep anything now: what you write is lost when the page closes. Leave private browsing or free some storage first.',
  full: 'The storage of this device is full, and what you wrote last is not in it yet. Keep this page open; once there is room, it is saved by itself.',
  gone: 'The data of this site was just removed from this device, so what you write here is only in this page. What the portal has stored is safe: wait until the rest is sent, then open this page again.',
  readOnly: 'This address is not a secure connection (https): you can read here, but not post.',
  understood: 'Understood',
  lost: 'The portal no longer has some of what you stored there: it went back to an older backup, or the content was erased. This device still has a copy, and has not sent it.',
  putBack: 'Put it back',
  drop: 'Drop it, from this device too',
  refused: {
    'room-full':
      'Your space at the portal is full; what is new is kept on this device only. Delete something old and it goes out by itself.',
    'key-full':
      'Until your first listing is accepted only little is kept for you. What you wrote is on this device and goes out after that.',
    'newcomers-full':
      'The portal takes nothing from newcomers just now. What you wrote is on this device and goes out later by itself.',
    'too-many-keys':
      'Too many newcomers from this network within an hour. What you wrote is on this device and goes out later by itself.',
    'too-many-sockets':
      'Too many pages are open from this network. What you wrote is on this device; close some, and in a minute this page tries again.',
    'disk-low':
      'The portal is short of space and takes nothing from newcomers just now. What you wrote is on this device and goes out later by itself.',
    'erased-key':
      'The owner of this key had everything of it erased here, so it cannot write any more. Clear this device on the page “Mine” and begin again with a new key.',
    'ended-key':
      'This key has ended itself, and the portal takes nothing more of it; what you wrote is still on this device. Begin with a new key to go on.',
    storage:
      'The portal cannot store anything just now. What you wrote is on this device and goes out later by itself.',
    other: 'The portal did not take this just now. What you wrote is on this device and is sent again by itself.',
  },
}

export const notices: Area<typeof zhHans> = { 'zh-Hans': zhHans, en }
