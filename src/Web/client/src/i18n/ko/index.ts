import type { Catalogue } from '../en'
import messages from './messages'

// The texts are shown before their font has arrived.
import('@fontsource/ibm-plex-sans-kr/400.css').catch(() => undefined)
import('@fontsource/ibm-plex-sans-kr/600.css').catch(() => undefined)

const catalogue: Catalogue = messages

export default catalogue
