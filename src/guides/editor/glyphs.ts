/** The pictures of the tools, one stroked path each on a grid of 24, drawn for this editor. Apart from `src/ui`, so that no other page carries them. */
import type { Tool } from '#src/i18n/editor.ts'

// prettier-ignore
export const glyphs: Readonly<Record<Tool, string>> = {
  undo:         'M8 5 4 9l4 4M4 9h10a6 6 0 0 1 0 12h-3',
  redo:         'm16 5 4 4-4 4M20 9H10a6 6 0 0 0 0 12h3',
  paragraph:    'M18 4h-8a4.5 4.5 0 0 0 0 9h2M12 4v16M16 4v16',
  heading2:     'M4 5v14M13 5v14M4 12h9M17 13a2 2 0 0 1 4 0c0 2-4 3-4 6h4',
  heading3:     'M4 5v14M13 5v14M4 12h9M17 12h4l-2.5 3a2 2 0 1 1-1.7 3.2',
  heading4:     'M4 5v14M13 5v14M4 12h9M20 19v-7l-3 5h4.5',
  bold:         'M7 4h6a4 4 0 0 1 0 8H7zM7 12h7a4 4 0 0 1 0 8H7z',
  italic:       'M10 4h8M6 20h8M14 4l-4 16',
  strike:       'M4 12h16M16 7a4 3 0 0 0-4-3c-2.5 0-4 1.5-4 3.2M8 16a4 3.5 0 0 0 4 4c2.5 0 4-1.6 4-3.6',
  code:         'm9 7-5 5 5 5M15 7l5 5-5 5',
  link:         'M10 14a4 4 0 0 0 6 0l3-3a4.2 4.2 0 0 0-6-6l-1 1M14 10a4 4 0 0 0-6 0l-3 3a4.2 4.2 0 0 0 6 6l1-1',
  bulletList:   'M9 6h11M9 12h11M9 18h11M4.5 6h.01M4.5 12h.01M4.5 18h.01',
  orderedList:  'M10 6h10M10 12h10M10 18h10M4 4.5 5.5 4v4M4 16a1.3 1.3 0 0 1 2.6 0c0 1.5-2.6 2-2.6 4h3',
  blockquote:   'M4 5v14M9 7h11M9 12h11M9 17h7',
  codeBlock:    'M4 4h16v16H4zM10 9l-3 3 3 3M14 9l3 3-3 3',
  rule:         'M3 12h18M8 6h8M8 18h8',
  table:        'M4 5h16v14H4zM4 10h16M4 14.5h16M12 5v14',
  addRow:       'M4 4h16v8H4zM12 4v8M12 15v6M9 18h6',
  deleteRow:    'M4 4h16v8H4zM12 4v8M9 18h6',
  addColumn:    'M4 4h8v16H4zM4 12h8M18 9v6M15 12h6',
  deleteColumn: 'M4 4h8v16H4zM4 12h8M15 12h6',
  headerRow:    'M4 5h16v14H4zM4 10h16M7 7.5h2M11 7.5h2M15 7.5h2',
  deleteTable:  'M4 5h16v14H4zM4 10h16M9 12.5l6 5M15 12.5l-6 5',
}
