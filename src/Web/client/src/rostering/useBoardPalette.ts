import { useCallback } from 'react'
import { useReader } from '../i18n'
import type { NetworkNames } from '../networks/useNetwork'
import type { Findable } from '../shell/findable'
import { usePalette } from '../shell/palette'
import { clock, shortDate } from '../time/format'
import { type Chosen, everything } from './address'
import type { Engagement } from './roster'

/**
 * How long to wait after a choice in the palette before the chosen engagement gets the focus, in ms. Meanwhile the palette closes and
 * returns the focus to the element that had it before.
 */
const paletteCloses = 250

/** Adds a board's entries to the palette: consultants, hospitals, rooms and the week's engagements. */
export function useBoardPalette(
  names: NetworkNames,
  engagements: readonly Engagement[],
  zone: string,
  set: (change: Partial<Chosen>) => void,
  reveal: (engagement: Engagement) => void,
) {
  const { t, locale } = useReader()
  usePalette(
    useCallback(
      (): Findable[] => [
        ...names.consultants.map((c) => ({
          id: c.id,
          label: names.personName(c.id),
          description: names.specialtyName(c.specialties[0] ?? ''),
          keywords: [c.name.en, c.name.ko ?? '', c.name.ar ?? ''],
          group: t('board.groupConsultants'),
          onClick: () => set({ ...everything, by: 'consultants', text: names.personName(c.id) }),
        })),
        ...names.hospitals.map((h) => ({
          id: h.id,
          label: names.hospitalName(h.id),
          description: h.city,
          keywords: [h.name.en, h.name.ar ?? '', h.name.ko ?? ''],
          group: t('board.groupHospitals'),
          onClick: () => set({ ...everything, hospital: h.id }),
        })),
        ...names.hospitals.flatMap((h) =>
          h.rooms.map((r) => ({
            id: `${h.id}/${r.id}`,
            label: names.roomName(h.id, r.id),
            description: names.hospitalName(h.id),
            group: t('board.groupRooms'),
            onClick: () => set({ ...everything, hospital: h.id, text: names.roomName(h.id, r.id) }),
          })),
        ),
        ...engagements.map((engagement) => ({
          id: engagement.id,
          label: engagement.title,
          description:
            `${shortDate(engagement.start, zone, locale)} ${clock(engagement.start, zone, locale)}` +
            ` · ${names.hospitalName(engagement.hospital)}`,
          keywords: [engagement.id, ...engagement.consultants.map(names.personName)],
          group: t('board.groupEngagements'),
          onClick: () => void setTimeout(() => reveal(engagement), paletteCloses),
        })),
      ],
      [names, engagements, zone, locale, t, reveal, set],
    ),
  )
}
