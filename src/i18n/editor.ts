/** Words of the guide editor: its tools, what is told while writing, and why a guide cannot be published yet. */
import type { RichTextFault } from '#domain/rich-text.ts'
import type { Area } from './strings.ts'

/** A tool's name; its keys are put behind it by the toolbar. */
export type Tool =
  | 'paragraph'
  | 'heading2'
  | 'heading3'
  | 'heading4'
  | 'bold'
  | 'italic'
  | 'strike'
  | 'code'
  | 'link'
  | 'bulletList'
  | 'orderedList'
  | 'blockquote'
  | 'codeBlock'
  | 'rule'
  | 'table'
  | 'addRow'
  | 'addColumn'
  | 'deleteRow'
  | 'deleteColumn'
  | 'headerRow'
  | 'deleteTable'
  | 'undo'
  | 'redo'

const zhHans = {
  title: '标题',
  titleHelp: '说清这份指南管什么事，别人搜到的就是这一行。',
  summary: '一句话说明',
  body: '正文',
  tools: '排版工具',
  keys: (tool: string, keys: string) => `${tool}（${keys}）`,
  tool: {
    paragraph: '正文段落',
    heading2: '大标题',
    heading3: '中标题',
    heading4: '小标题',
    bold: '加粗',
    italic: '斜体',
    strike: '删除线',
    code: '代码',
    link: '链接',
    bulletList: '项目列表',
    orderedList: '编号列表',
    blockquote: '引用',
    codeBlock: '代码块',
    rule: '分隔线',
    table: '插入表格',
    addRow: '下面加一行',
    addColumn: '右边加一列',
    deleteRow: '删掉这一行',
    deleteColumn: '删掉这一列',
    headerRow: '第一行做表头',
    deleteTable: '删掉表格',
    undo: '撤销我的上一步',
    redo: '重做',
  } as Readonly<Record<Tool, string>>,
  open: '打开 Markdown 文件',
  save: '存成 Markdown 文件',
  opened: '文件里的内容已放进正文。放错了可以撤销。',
  notOpened: '这个文件太大或不是文字，没有打开。',
  notPlaced: (name: string, megabytes: string) =>
    `“${name}”（${megabytes} MB）没有放进来：指南里还放不了图片和别的文件。写好的正文没有变。`,
  file: '指南',
  linkTitle: '链接',
  linkLabel: '网址、邮箱或电话',
  linkHelp: '只能是网页（https）、邮箱（mailto）或电话（tel）。发布后会写出它通往哪里。',
  linkBad: '这样的地址不能做链接。',
  linkSet: '好了',
  linkRemove: '去掉链接',
  cancel: '取消',
  alone: '现在只有你在写',
  others: '一起在写：',
  somebody: '同事',
  size: (kilobytes: string, most: string) => `${kilobytes} / ${most} kB`,
  nearlyFull: '快写满了。可以把它分成两份指南。',
  full: '超过了 200 kB，现在发布不了。删掉一些，或分成两份指南。写下的都还在。',
  renamed: (theirs: string, yours: string) => `有人同时改了这一行，现在是“${theirs}”。你写的是“${yours}”。`,
  putBack: '用我写的',
  publish: '发布',
  cannot: '还不能发布：',
  noTitle: '还没有标题。',
  noBody: '还没有正文。',
  rules: '规则里还有要改的地方，已在下面标出来。',
  house: '这些话信息港不收：',
  fault: {
    malformed: '有一段内容读不出来。请删掉最近贴进来的再试。',
    unknown: '有一种内容这里不能用。请删掉最近贴进来的再试。',
    misplaced: '有一段内容放错了地方。请删掉最近贴进来的再试。',
    empty: '有一个空的列表、引用或表格。请写上内容或删掉。',
    'too-deep': '列表或引用套得太深了，最多四层。',
    link: '有一个链接的地址不能用。只能是网页、邮箱或电话。',
    image: '有一张图片不是放在信息港的。请删掉它。',
    controls: '有看不见的控制字符，多半是贴进来的。请删掉那一段重新打。',
    'too-large': '超过了 200 kB。删掉一些，或分成两份指南。',
  } as Readonly<Record<RichTextFault['kind'], string>>,
}
export type EditorWords = typeof zhHans

const en: EditorWords = {
  title: 'Title',
  titleHelp: 'Say what the guide is for; this line is what people find.',
  summary: 'In one sentence',
  body: 'Text',
  tools: 'Formatting',
  keys: (tool, keys) => `${tool} (${keys})`,
  tool: {
    paragraph: 'Paragraph',
    heading2: 'Heading',
    heading3: 'Subheading',
    heading4: 'Small heading',
    bold: 'Bold',
    italic: 'Italic',
    strike: 'Struck through',
    code: 'Code',
    link: 'Link',
    bulletList: 'List',
    orderedList: 'Numbered list',
    blockquote: 'Quotation',
    codeBlock: 'Code block',
    rule: 'Dividing line',
    table: 'Insert a table',
    addRow: 'Add a row below',
    addColumn: 'Add a column to the right',
    deleteRow: 'Delete this row',
    deleteColumn: 'Delete this column',
    headerRow: 'First row as header',
    deleteTable: 'Delete the table',
    undo: 'Undo my last step',
    redo: 'Redo',
  },
  open: 'Open a Markdown file',
  save: 'Save as a Markdown file',
  opened: 'The file is in the text now. Undo takes it out again.',
  notOpened: 'This file is too large or is no text; it was not opened.',
  notPlaced: (name, megabytes) =>
    `“${name}” (${megabytes} MB) was not put in: a guide cannot hold pictures or other files yet. Your text is as it was.`,
  file: 'guide',
  linkTitle: 'Link',
  linkLabel: 'Web address, e-mail or phone',
  linkHelp:
    'A web page (https), an e-mail address (mailto) or a phone number (tel) only. Readers are shown where it leads.',
  linkBad: 'This cannot be a link.',
  linkSet: 'Set the link',
  linkRemove: 'Remove the link',
  cancel: 'Cancel',
  alone: 'Only you are writing now',
  others: 'Writing with you:',
  somebody: 'a colleague',
  size: (kilobytes, most) => `${kilobytes} / ${most} kB`,
  nearlyFull: 'Nearly full. It could become two guides.',
  full: 'Over 200 kB: it cannot be published like this. Shorten it or make two guides of it. All you wrote is kept.',
  renamed: (theirs, yours) =>
    `Somebody changed this line at the same time; it now says “${theirs}”. You wrote “${yours}”.`,
  putBack: 'Use mine',
  publish: 'Publish',
  cannot: 'It cannot be published yet:',
  noTitle: 'There is no title.',
  noBody: 'There is no text.',
  rules: 'The rules need a change; it is marked below.',
  house: 'The portal does not take this:',
  fault: {
    malformed: 'Some of the content cannot be read. Take out what you pasted last and try again.',
    unknown: 'Some of the content cannot be used here. Take out what you pasted last and try again.',
    misplaced: 'Some of the content is in the wrong place. Take out what you pasted last and try again.',
    empty: 'There is an empty list, quotation or table. Fill it or delete it.',
    'too-deep': 'Lists or quotations are nested too deep; four levels at most.',
    link: 'A link has an address that cannot be used. Web pages, e-mail addresses and phone numbers only.',
    image: 'There is a picture that does not lie at the portal. Take it out.',
    controls: 'There are invisible control characters, most likely pasted. Delete that part and type it again.',
    'too-large': 'Over 200 kB. Shorten it or make two guides of it.',
  },
}

export const editor = { 'zh-Hans': zhHans, en } satisfies Area<EditorWords>
