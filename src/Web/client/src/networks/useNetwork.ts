import { useMemo } from 'react'
import type { Consultant, DirectoryEntry, Hospital, NetworkView, Specialty } from '../api/schema'
import { useResource } from '../api/useResource'
import { useReader } from '../i18n'

/** A network's profiles, and names for the ids that frames carry. */
export function useNetwork(network: string) {
  const { nameOf, word } = useReader()
  const view = useResource<NetworkView>(`/api/networks/${network}`)
  const hospitals = useResource<Hospital[]>(`/api/hospitals?network=${network}`)
  const consultants = useResource<Consultant[]>(`/api/consultants?network=${network}`)
  const people = useResource<DirectoryEntry[]>(`/api/networks/${network}/people`)
  const specialties = useResource<Specialty[]>('/api/specialties')
  const problem = view.error ?? hospitals.error ?? consultants.error
  return useMemo(() => {
    const hospitalBy = new Map(hospitals.data?.map((h) => [h.id, h]))
    const consultantBy = new Map(consultants.data?.map((c) => [c.id, c]))
    const personBy = new Map(people.data?.map((p) => [p.id, p.name]))
    const specialtyBy = new Map(specialties.data?.map((s) => [s.code, s.name]))
    return {
      ready: !!(view.data && hospitals.data && consultants.data),
      problem,
      network: view.data?.network,
      currentWeek: view.data?.currentWeek,
      zone: view.data?.network.timeZone ?? 'UTC',
      hospitals: hospitals.data ?? [],
      consultants: consultants.data ?? [],
      specialties: specialties.data ?? [],
      hospital: (id: string) => hospitalBy.get(id),
      consultant: (id: string) => consultantBy.get(id),
      hospitalName: (id: string) => nameOf(hospitalBy.get(id)?.name) || id,
      roomName: (hospital: string, room: string | null | undefined) => (room ? nameOf(hospitalBy.get(hospital)?.rooms.find((r) => r.id === room)?.name) || room : ''),
      personName: (id: string) => nameOf(consultantBy.get(id)?.name ?? personBy.get(id)) || (id === 'hub-system' ? word('roles', 'system') : id),
      specialtyName: (code: string) => nameOf(specialtyBy.get(code)) || code,
    }
  }, [view.data, hospitals.data, consultants.data, people.data, specialties.data, problem, nameOf, word])
}

export type NetworkNames = ReturnType<typeof useNetwork>
