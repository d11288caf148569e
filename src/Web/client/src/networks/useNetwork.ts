import { useMemo } from 'react'
import type { Consultant, DirectoryEntry, Hospital, NetworkView, Specialty } from '../api/schema'
import { fetchEarly, useResource } from '../api/useResource'
import { useReader } from '../i18n'
import { useChangedOwners } from './useChangedOwners'

/** What a page's address has in place of a network if there is none yet. */
export const noNetwork = '-'

const addressesOf = (network: string) =>
  ({
    view: `/api/networks/${network}`,
    hospitals: `/api/hospitals?network=${network}`,
    consultants: `/api/consultants?network=${network}`,
    people: `/api/networks/${network}/people`,
    specialties: '/api/specialties',
  }) as const

/** Reads a network's profiles before the page that shows them is drawn. */
export const fetchNetworkEarly = (network: string) => Object.values(addressesOf(network)).forEach(fetchEarly)

/**
 * A network's profiles, and names for the ids in frames. Profiles that somebody changes are read again.
 * @param withPeople Whether the viewer may read the network's consultants and other people.
 */
export function useNetwork(network: string, withPeople = true) {
  const { nameOf, word } = useReader()
  const at = addressesOf(network)
  const known = network !== noNetwork
  const view = useResource<NetworkView>(known ? at.view : null)
  const hospitals = useResource<Hospital[]>(known ? at.hospitals : null)
  const consultants = useResource<Consultant[]>(known && withPeople ? at.consultants : null)
  const people = useResource<DirectoryEntry[]>(known && withPeople ? at.people : null)
  const specialties = useResource<Specialty[]>(at.specialties)
  useChangedOwners(known ? network : null, view, hospitals, consultants)
  const problem = view.error ?? hospitals.error ?? consultants.error
  const ready = !!(view.data && hospitals.data && consultants.data && (people.data || people.error))
  return useMemo(() => {
    const hospitalBy = new Map(hospitals.data?.map((h) => [h.id, h]))
    const consultantBy = new Map(consultants.data?.map((c) => [c.id, c]))
    const personBy = new Map(people.data?.map((p) => [p.id, p.name]))
    const specialtyBy = new Map(specialties.data?.map((s) => [s.code, s.name]))
    return {
      ready,
      problem,
      network: view.data?.network,
      currentWeek: view.data?.currentWeek,
      zone: view.data?.network.timeZone ?? 'UTC',
      hospitals: hospitals.data ?? [],
      consultants: consultants.data ?? [],
      specialties: specialties.data ?? [],
      people: people.data ?? [],
      /** The name of a person who is not a consultant. */
      other: (id: string) => personBy.get(id),
      hospital: (id: string) => hospitalBy.get(id),
      consultant: (id: string) => consultantBy.get(id),
      hospitalName: (id: string) => nameOf(hospitalBy.get(id)?.name) || id,
      roomName: (hospital: string, room: string | null | undefined) =>
        room ? nameOf(hospitalBy.get(hospital)?.rooms.find((r) => r.id === room)?.name) || room : '',
      procedureName: (hospital: string, procedure: string) =>
        nameOf(hospitalBy.get(hospital)?.procedures?.find((p) => p.id === procedure)?.name) || procedure,
      personName: (id: string) =>
        nameOf(consultantBy.get(id)?.name ?? personBy.get(id)) || (id === 'hub-system' ? word('roles', 'system') : id),
      partnerName: (id: string) => nameOf(view.data?.network.partners.find((partner) => partner.id === id)?.name) || id,
      specialtyName: (code: string) => nameOf(specialtyBy.get(code)) || code,
    }
  }, [view.data, hospitals.data, consultants.data, people.data, specialties.data, ready, problem, nameOf, word])
}

export type NetworkNames = ReturnType<typeof useNetwork>
