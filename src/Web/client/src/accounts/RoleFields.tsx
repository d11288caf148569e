import { MultiSelect, Select, SimpleGrid } from '@mantine/core'
import type { ConferenceSummary, Hospital, NetworkView } from '../api/schema'
import { useResource } from '../api/useResource'
import { useReader } from '../i18n'
import { useTopic } from '../live/useTopic'
import { DateTimeField } from '../time/DateTimeField'
import { zoneCity } from '../time/format'
import { deviceZone } from './grants'
import type { RoleDraft } from './roleDraft'
import { useReach } from './useReach'
import type { RoleView, ScopeKind } from './wire'

interface Props {
  readonly draft: RoleDraft
  readonly onChange: (draft: RoleDraft) => void
  /** What is wrong with a field. */
  readonly fault: (name: string) => string | undefined
  readonly focused?: boolean
}

/** The fields for a role: which one, what it is limited to, and for how long it counts. The hub says which roles the viewer may give. */
export function RoleFields({ draft, onChange, fault, focused }: Props) {
  const { t, word, nameOf, locale } = useReader()
  const { everywhere, network: own } = useReach()
  const roles = useResource<RoleView[]>('/api/roles')
  const networks = useResource<NetworkView[]>('/api/networks')
  const { kind, network, conference } = draft
  const hospitals = useResource<Hospital[]>(kind === 'hospitals' && network ? `/api/hospitals?network=${network}` : null)
  const conferences = useResource<ConferenceSummary[]>(kind === 'conference' || kind === 'session' ? '/api/conferences' : null)
  const { picture } = useTopic(kind === 'session' && conference ? `conference/${conference}` : null)
  const set = (change: Partial<RoleDraft>) => onChange({ ...draft, ...change })
  const open = (networks.data ?? []).map((view) => view.network).filter((n) => everywhere || n.id === own)
  const given = roles.data?.filter((view) => view.mayGive) ?? []
  const kinds = given.find((view) => view.role === draft.role)?.scopes ?? []
  const sessions = [...picture.items.values()].filter((item) => item.type === 'session')
  const choose = (role: string | null) => {
    const view = given.find((v) => v.role === role)
    set({
      role: view?.role ?? null,
      kind: view?.scopes.find((scope) => scope === kind) ?? view?.scopes[0] ?? null,
      // If only one network can be chosen, it is chosen.
      network: network ?? (open.length === 1 ? open[0]!.id : null),
    })
  }
  const zoned = t('board.zoneHint', { zone: zoneCity(deviceZone, locale) })
  return (
    <>
      <Select
        name="role"
        label={t('accounts.role')}
        required
        searchable
        data-autofocus={focused || undefined}
        // A list that opens with the dialog would hide the other fields.
        openOnFocus={!focused}
        data={given.map((view) => ({ value: view.role, label: word('roles', view.role) }))}
        value={draft.role}
        onChange={choose}
        description={draft.role ? word('roleTexts', draft.role) : undefined}
        nothingFoundMessage={t('shell.findNothing')}
        allowDeselect={false}
        error={fault('role')}
        errorProps={{ role: 'alert' }}
      />
      {kinds.length > 0 && (
        <Select
          label={t('accounts.limitedTo')}
          data={kinds.map((k) => ({ value: k, label: word('scopeKinds', k) }))}
          value={kind}
          onChange={(k) => k && set({ kind: k as ScopeKind })}
          allowDeselect={false}
          error={fault('scope')}
          errorProps={{ role: 'alert' }}
        />
      )}
      {kind && kind !== 'hub' && (
        <Select
          label={t('accounts.network')}
          required
          searchable
          data={open.map((n) => ({ value: n.id, label: nameOf(n.name) }))}
          value={network}
          onChange={(id) => set({ network: id, hospitals: [], partner: null })}
          allowDeselect={false}
        />
      )}
      {kind === 'hospitals' && (
        <MultiSelect
          label={t('accounts.hospitals')}
          required
          searchable
          data={(hospitals.data ?? []).map((h) => ({ value: h.id, label: nameOf(h.name) }))}
          value={[...draft.hospitals]}
          onChange={(ids) => set({ hospitals: ids })}
        />
      )}
      {kind === 'partner' && (
        <Select
          label={t('accounts.partner')}
          required
          searchable
          data={(open.find((n) => n.id === network)?.partners ?? []).map((p) => ({ value: p.id, label: nameOf(p.name) }))}
          value={draft.partner}
          onChange={(partner) => set({ partner })}
          allowDeselect={false}
        />
      )}
      {(kind === 'conference' || kind === 'session') && (
        <Select
          label={t('accounts.conference')}
          required
          searchable
          data={(conferences.data ?? []).map((c) => ({ value: c.id, label: c.title }))}
          value={conference}
          onChange={(id) => set({ conference: id, session: null })}
          allowDeselect={false}
        />
      )}
      {kind === 'session' && conference && (
        <Select
          label={t('accounts.session')}
          required
          searchable
          data={sessions.sort((a, b) => (a.start ?? '').localeCompare(b.start ?? '')).map((s) => ({ value: s.id, label: s.title }))}
          value={draft.session}
          onChange={(session) => set({ session })}
          allowDeselect={false}
        />
      )}
      <SimpleGrid cols={{ base: 1, xs: 2 }}>
        <DateTimeField step={30} label={t('accounts.from')} description={zoned} value={draft.from} onChange={(from) => set({ from })} />
        <DateTimeField
          step={30}
          label={t('accounts.to')}
          description={zoned}
          value={draft.until}
          error={fault('until')}
          onChange={(until) => set({ until })}
        />
      </SimpleGrid>
    </>
  )
}
