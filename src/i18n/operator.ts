/** Words of the operator's page. Refusals are named by their code, as logs and metrics name them. */
import type { OperatorFigures, UnreadyReason } from '#domain/operator.ts'
import { instantWords } from '#domain/instant.ts'
import type { Locale } from '#domain/locale.ts'
import { inLocale, type Area } from './strings.ts'

type Labels<K extends string | number | symbol> = Readonly<Record<K, string>>

const zhHans = {
  title: '运行情况',
  description: '只有总数，没有任何人和任何信息的内容。重新打开页面就是最新数字。',
  ready: '正常，可以接待访客',
  unready: '现在不宜接待访客',
  reasons: {
    starting: '正在启动',
    draining: '正在停止',
    'writer-lost': '写入线程已停，进程即将退出',
    storage: '磁盘拒绝写入或读取',
    'disk-low': '磁盘剩余空间低于下限',
  } satisfies Labels<UnreadyReason> as Labels<UnreadyReason>,
  bytesTitle: '大小',
  bytes: {
    database: '数据库文件',
    wal: '预写日志',
    free: '磁盘剩余',
    floor: '磁盘下限',
    memory: '进程内存',
    cached: '房间缓存',
    buffered: '等待读者接收',
  } satisfies Labels<keyof OperatorFigures['bytes']> as Labels<keyof OperatorFigures['bytes']>,
  countsTitle: '数量',
  counts: {
    keys: '写过信息架的钥匙',
    rooms: '房间',
    listings: '信息',
    live: '有效信息',
    journal: '流水记录',
    sockets: '当前连接',
    openRooms: '当前打开的房间',
  } satisfies Labels<keyof OperatorFigures['counts']> as Labels<keyof OperatorFigures['counts']>,
  queueTitle: '队列',
  behind: '等待审核程序的房间',
  editionTitle: '搜索用的印本',
  noEdition: '还没有印过',
  printedAt: '印于',
  editionId: '印本编号',
  editionEntries: '收录条目',
  inBase: '正本所印',
  inDelta: '增补所印',
  editionBytes: '压缩后大小',
  changed: '之后变动的信息（在快讯里）',
  printsTitle: '印刷（启动以来）',
  prints: '印成',
  lastPrint: '最近一次用时',
  noPrint: '启动以来还没有印过',
  failedPrints: '没印成',
  lastFault: '最近一次没印成的原因',
  seconds: (n: string) => `${n} 秒`,
  backupTitle: '备份',
  lastBackup: '最近一次备份',
  noBackup: '还没有备份过',
  backupBytes: '备份大小',
  refusalsTitle: '拒绝次数（启动以来）',
  noRefusals: '启动以来没有拒绝',
  startedAt: '启动时间',
  unknown: '读不到',
}
const en: typeof zhHans = {
  title: 'How the portal is doing',
  description: 'Sums only, nobody and nothing by name. Open the page again for the latest numbers.',
  ready: 'Ready for visitors',
  unready: 'Not ready for visitors',
  reasons: {
    starting: 'Starting',
    draining: 'Stopping',
    'writer-lost': 'The writer thread ended; the process will end too',
    storage: 'The disk refuses to be written or read',
    'disk-low': 'The disk has less free space than the floor',
  },
  bytesTitle: 'Sizes',
  bytes: {
    database: 'Database file',
    wal: 'Write-ahead log',
    free: 'Free on the disk',
    floor: 'Floor of the disk',
    memory: 'Memory of the process',
    cached: 'Rooms in memory',
    buffered: 'Waiting for readers',
  },
  countsTitle: 'Counts',
  counts: {
    keys: 'Keys that wrote a shelf',
    rooms: 'Rooms',
    listings: 'Listings',
    live: 'Live listings',
    journal: 'Journal rows',
    sockets: 'Open sockets',
    openRooms: 'Open rooms',
  },
  queueTitle: 'Queue',
  behind: 'Rooms that wait for the projector',
  editionTitle: 'Edition that search reads',
  noEdition: 'None printed yet',
  printedAt: 'Printed',
  editionId: 'Its id',
  editionEntries: 'Entries in it',
  inBase: 'Printed in the base',
  inDelta: 'Printed in the delta',
  editionBytes: 'Size, compressed',
  changed: 'Listings changed since (in the wire)',
  printsTitle: 'Prints since the start',
  prints: 'Printed',
  lastPrint: 'The last one took',
  noPrint: 'none since the start',
  failedPrints: 'Failed',
  lastFault: 'Why the last one failed',
  seconds: (n) => `${n} s`,
  backupTitle: 'Backup',
  lastBackup: 'Last backup',
  noBackup: 'None yet',
  backupBytes: 'Size of the backup',
  refusalsTitle: 'Refusals since the start',
  noRefusals: 'None since the start',
  startedAt: 'Started',
  unknown: 'cannot be read',
}
export const operator: Area<typeof zhHans> = { 'zh-Hans': zhHans, en }

export interface FigureBlock {
  readonly title: string
  readonly rows: readonly (readonly [label: string, value: string])[]
}

/** @param zone of the town */
export function figureBlocks(figures: OperatorFigures, locale: Locale, zone: string): readonly FigureBlock[] {
  const words = inLocale(operator, locale)
  const instant = (at: number) => instantWords(at, locale, zone)
  const count = (n: number) => (n < 0 ? words.unknown : n.toLocaleString(locale))
  const size = (n: number | undefined) => {
    if (n === undefined) return words.unknown
    const [unit, name] = n < 10 * 2 ** 30 ? [2 ** 20, 'MB'] : [2 ** 30, 'GB']
    return `${(n / unit).toLocaleString(locale, { maximumFractionDigits: 1 })} ${name}`
  }
  const spent = (ms: number) => words.seconds((ms / 1000).toLocaleString(locale, { maximumFractionDigits: 1 }))
  const { backup, edition, prints, refusals } = figures
  return [
    { title: words.bytesTitle, rows: rowsOf(words.bytes, figures.bytes, size) },
    { title: words.countsTitle, rows: rowsOf(words.counts, figures.counts, count) },
    {
      title: words.queueTitle,
      rows: [
        [words.behind, count(figures.behind)],
        [words.startedAt, instant(figures.startedAt)],
      ],
    },
    {
      title: words.editionTitle,
      rows: edition
        ? [
            [words.editionId, edition.id],
            [words.printedAt, instant(edition.printedAt)],
            [words.editionEntries, count(edition.entries)],
            [words.inBase, count(edition.inBase)],
            [words.inDelta, edition.inDelta === undefined ? words.unknown : count(edition.inDelta)],
            [words.editionBytes, size(edition.bytes)],
            [words.changed, count(edition.changed)],
          ]
        : [[words.printedAt, words.noEdition]],
    },
    {
      title: words.printsTitle,
      rows: [
        [words.prints, count(prints.prints)],
        [words.lastPrint, prints.lastMs === undefined ? words.noPrint : spent(prints.lastMs)],
        [words.failedPrints, count(prints.failed)],
        ...(prints.fault ? [[words.lastFault, `${instant(prints.fault.at)} · ${prints.fault.reason}`] as const] : []),
      ],
    },
    {
      title: words.backupTitle,
      rows: backup
        ? [
            [words.lastBackup, instant(backup.at)],
            [words.backupBytes, size(backup.bytes)],
          ]
        : [[words.lastBackup, words.noBackup]],
    },
    {
      title: words.refusalsTitle,
      rows:
        Object.keys(refusals).length === 0
          ? [[words.noRefusals, count(0)]]
          : Object.entries(refusals).map(([code, n]) => [code, count(n)]),
    },
  ]
}

const rowsOf = <K extends string, V>(labels: Labels<K>, values: Readonly<Record<K, V>>, spell: (value: V) => string) =>
  (Object.keys(labels) as K[]).map((key) => [labels[key], spell(values[key])] as const)
