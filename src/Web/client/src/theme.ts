import { createTheme, type MantineColorsTuple } from '@mantine/core'

const sea: MantineColorsTuple = [
  '#e6f6f9',
  '#d2e9ee',
  '#a5d3dc',
  '#75bbc9',
  '#4fa8ba',
  '#379cb0',
  '#2795ac',
  '#168197',
  '#0b6477',
  '#08505f',
]

// The greys of the dark scheme have a little of the same blue as its surfaces.
const dark: MantineColorsTuple = [
  '#e8ecf1',
  '#c5ced9',
  '#a9b4c2',
  '#75808f',
  '#3d4754',
  '#2b343f',
  '#1f262e',
  '#171c23',
  '#12171d',
  '#0f1318',
]

/** One font family for all three scripts, one accent colour, and short transitions. */
export const theme = createTheme({
  colors: { sea, dark },
  primaryColor: 'sea',
  primaryShade: { light: 8, dark: 8 },
  fontFamily: "'IBM Plex Sans', 'IBM Plex Sans Arabic', 'IBM Plex Sans KR', system-ui, sans-serif",
  headings: { fontWeight: '600' },
  defaultRadius: 'sm',
  respectReducedMotion: true,
  cursorType: 'pointer',
  components: {
    Tooltip: { defaultProps: { events: { hover: true, focus: true, touch: true }, openDelay: 200, transitionProps: { duration: 100 } } },
    // The loader has a label, so it needs a role that allows a label.
    Loader: { defaultProps: { role: 'status' } },
    Modal: { defaultProps: { transitionProps: { duration: 120 } } },
    Drawer: { defaultProps: { transitionProps: { duration: 120 } } },
    // The page's bar is its only banner. The header of a dialog must not count as a second banner.
    ModalHeader: { defaultProps: { role: 'presentation' } },
    // A title may need two lines.
    ModalTitle: { defaultProps: { lh: 'sm' } },
    DrawerTitle: { defaultProps: { lh: 'sm' } },
    DrawerHeader: { defaultProps: { role: 'presentation' } },
    Menu: { defaultProps: { transitionProps: { duration: 80 } } },
  },
})
