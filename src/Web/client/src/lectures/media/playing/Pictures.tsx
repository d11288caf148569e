import { IconVolume } from '@tabler/icons-react'
import { type CSSProperties, useLayoutEffect, useRef } from 'react'
import { useReader } from '../../../i18n'
import classes from '../Stage.module.css'
import { tracks } from '../wire'
import type { Shown } from './LivePlayer'
import type { PictureElement } from './Player'

/** Puts a player's picture element into the page, with the speaker's name. */
function Picture({ element, name, who }: { element: PictureElement; name: string; who: string }) {
  const place = useRef<HTMLDivElement>(null)
  useLayoutEffect(() => {
    element.setAttribute('role', 'img')
    element.setAttribute('aria-label', name)
    place.current?.replaceChildren(element)
  }, [element, name])
  return (
    <div className={classes.one}>
      <div ref={place} className={classes.canvas} />
      <div className={classes.name} data-name>
        <bdi>{who}</bdi>
      </div>
    </div>
  )
}

/** Shared screens are large, with the speakers in the corner. Without a shared screen, the speakers share the space. */
export function Pictures({ shown, nameOf }: { shown: readonly Shown[]; nameOf: (person: string, publication: number) => string }) {
  const { t } = useReader()
  const of = (track: number) =>
    shown.flatMap(({ source, pictures }) => {
      const element = pictures.get(track)
      const who = nameOf(source.person, source.publication)
      return element
        ? [
            {
              key: `${source.publication}/${track}`,
              element,
              who,
              name: t(track === tracks.screen ? 'media.screenOf' : 'media.cameraOf', { who }),
            },
          ]
        : []
    })
  const [screens, cameras] = [of(tracks.screen), of(tracks.camera)]
  const large = screens.length > 0 ? screens : cameras
  const columns = large.length > 2 ? Math.ceil(Math.sqrt(large.length)) : large.length
  return (
    <>
      <div className={classes.large} style={{ '--columns': columns || 1 } as CSSProperties}>
        {large.map((p) => (
          <Picture key={p.key} element={p.element} name={p.name} who={p.who} />
        ))}
      </div>
      {screens.length > 0 && cameras.length > 0 && (
        <div className={classes.others}>
          {cameras.map((p) => (
            <Picture key={p.key} element={p.element} name={p.name} who={p.who} />
          ))}
        </div>
      )}
      {large.length === 0 && shown.length > 0 && (
        <div className={classes.waiting}>
          <div className={classes.soundOnly}>
            <IconVolume size={40} aria-hidden />
            {t('media.soundOnly', { who: shown.map(({ source }) => nameOf(source.person, source.publication)).join(', ') })}
          </div>
        </div>
      )}
    </>
  )
}

/** The picture for the small window above all other windows: a shared screen, or else a camera. Null if there is neither. */
export const mainPicture = (shown: readonly Shown[]): PictureElement | null => {
  for (const track of [tracks.screen, tracks.camera]) for (const { pictures } of shown) if (pictures.has(track)) return pictures.get(track)!
  return null
}
