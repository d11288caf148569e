import { IconVolume } from '@tabler/icons-react'
import { type CSSProperties, useLayoutEffect, useRef } from 'react'
import { useReader } from '../../i18n'
import type { Shown } from './LivePlayer'
import classes from './Stage.module.css'
import { tracks } from './wire'

/** A canvas that a player draws on, put into the page. */
function Picture({ canvas, name }: { canvas: HTMLCanvasElement; name: string }) {
  const place = useRef<HTMLDivElement>(null)
  useLayoutEffect(() => {
    canvas.setAttribute('role', 'img')
    canvas.setAttribute('aria-label', name)
    place.current?.replaceChildren(canvas)
  }, [canvas, name])
  return <div ref={place} className={classes.canvas} />
}

/** Screens large with the speakers in the corner; speakers alone side by side. */
export function Pictures({ shown, nameOf }: { shown: readonly Shown[]; nameOf: (person: string, publication: number) => string }) {
  const { t } = useReader()
  const of = (track: number) => shown.flatMap(({ source, pictures }) => {
    const canvas = pictures.get(track)
    return canvas ? [{ key: `${source.publication}/${track}`, canvas, name: t(track === tracks.screen ? 'media.screenOf' : 'media.cameraOf', { who: nameOf(source.person, source.publication) }) }] : []
  })
  const [screens, cameras] = [of(tracks.screen), of(tracks.camera)]
  const large = screens.length > 0 ? screens : cameras
  const columns = large.length > 2 ? Math.ceil(Math.sqrt(large.length)) : large.length
  return (
    <>
      <div className={classes.large} style={{ '--columns': columns || 1 } as CSSProperties}>{large.map((p) => <Picture key={p.key} canvas={p.canvas} name={p.name} />)}</div>
      {screens.length > 0 && cameras.length > 0 && <div className={classes.others}>{cameras.map((p) => <Picture key={p.key} canvas={p.canvas} name={p.name} />)}</div>}
      {large.length === 0 && shown.length > 0 && <div className={classes.waiting}><div className={classes.soundOnly}><IconVolume size={40} aria-hidden />{t('media.soundOnly', { who: shown.map(({ source }) => nameOf(source.person, source.publication)).join(', ') })}</div></div>}
    </>
  )
}

/** The picture that matters most now, for a window of its own. */
export const mainCanvas = (shown: readonly Shown[]): HTMLCanvasElement | null => {
  for (const track of [tracks.screen, tracks.camera]) for (const { pictures } of shown) if (pictures.has(track)) return pictures.get(track)!
  return null
}
