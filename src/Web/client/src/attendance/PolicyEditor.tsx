import { Button, Checkbox, Group, Loader, NumberInput, Paper, Select, Stack, Text, TextInput } from '@mantine/core'
import { IconCheck, IconPlus, IconTrash } from '@tabler/icons-react'
import { useState } from 'react'
import { http } from '../api/http'
import type { CreditPolicies, CreditPolicy, CreditTemplate, LocalName } from '../api/schema'
import { useResource } from '../api/useResource'
import { Notice } from '../commands/Notice'
import { ProblemNotice } from '../commands/ProblemNotice'
import { useCommand } from '../commands/useCommand'
import { useReader } from '../i18n'
import { type Language, languageNames, languages } from '../i18n/language'
import classes from './Attendance.module.css'

/** An example of a credit unit in each language, with plural forms if the language needs them. */
const units: Record<Language, string> = { en: 'one:point||other:points', ar: 'few:نقاط||other:نقطة', ko: '점' }

const blank: CreditPolicy = {
  id: '',
  name: { en: '' },
  unit: { en: '' },
  perHour: 1,
  minimumShare: 0.8,
  minimumMinutes: 15,
  live: true,
  recorded: false,
  inPerson: true,
  step: 0.25,
  rounding: 'down',
  afterFeedback: false,
  off: false,
}

/** The network's credit rules. All rules are saved together, and only if nobody else has changed them since the edit began. */
export function PolicyEditor({ network, saved }: { network: string; saved: () => void }) {
  const { t } = useReader()
  const { data, error, mutate } = useResource<CreditPolicies>(`/api/networks/${network}/credit-policies`)
  const templates = useResource<CreditTemplate[]>(`/api/networks/${network}/credit-policies/templates`).data ?? []
  // The edited rules keep the version on which the edit began.
  const [edited, setEdited] = useState<CreditPolicies>()
  const [done, setDone] = useState(false)
  const command = useCommand(
    (changed: CreditPolicies) => http.put<CreditPolicies>(`/api/networks/${network}/credit-policies`, changed),
    async (stored) => {
      await mutate(stored, { revalidate: false })
      setEdited(undefined)
      setDone(true)
      saved()
    },
  )
  const { problem, busy } = command
  if (!data) return error ? <ProblemNotice problem={error} /> : <Loader aria-label={t('shell.loading')} />
  const { policies, version } = edited ?? data
  const stale = problem?.code === 'credit.stale' || (!busy && version !== data.version)
  const edit = (next: CreditPolicy[]) => (setEdited({ policies: next, version }), setDone(false))
  return (
    <form onSubmit={(event) => (event.preventDefault(), void command.run({ policies, version }))} data-policies>
      <Stack gap="md">
        <Text size="sm" c="dimmed" maw={720}>
          {t('attendance.rulesText')} {t('attendance.version', { version })}
        </Text>
        {policies.length === 0 && <Text role="status">{t('attendance.noPolicies')}</Text>}
        {policies.map((policy, i) => (
          <Rule
            key={i}
            policy={policy}
            template={templates.find((one) => one.id === policy.id)}
            change={(next) => edit(policies.with(i, next))}
            remove={() => edit(policies.toSpliced(i, 1))}
          />
        ))}
        {stale ? (
          <Notice kind="warning" role="alert" title={t('attendance.stale')}>
            <Button size="xs" variant="default" onClick={() => (setEdited(undefined), command.clear(), void mutate())}>
              {t('attendance.reload')}
            </Button>
          </Notice>
        ) : (
          <ProblemNotice problem={problem} />
        )}
        {problem?.place && problem.code === 'credit.bad-policy' && <Text size="sm">{problem.message}</Text>}
        <Templates templates={templates} policies={policies} add={(policy) => edit([...policies, policy])} />
        <Group>
          <Button variant="default" leftSection={<IconPlus size={16} aria-hidden />} onClick={() => edit([...policies, blank])}>
            {t('attendance.addRule')}
          </Button>
          <Button type="submit" loading={busy} disabled={!edited || stale}>
            {t('attendance.save')}
          </Button>
          <Text size="sm" role="status">
            {done && (
              <>
                <IconCheck size={16} aria-hidden style={{ verticalAlign: 'middle' }} /> {t('attendance.saved')}
              </>
            )}
          </Text>
        </Group>
      </Stack>
    </form>
  )
}

interface TemplatesProps {
  readonly templates: readonly CreditTemplate[]
  readonly policies: readonly CreditPolicy[]
  readonly add: (policy: CreditPolicy) => void
}

/** The rules of bodies with which a network can begin its own. */
function Templates({ templates, policies, add }: TemplatesProps) {
  const { t, nameOf } = useReader()
  const offered = templates.filter((template) => !policies.some((policy) => policy.id === template.id))
  if (offered.length === 0) return null
  return (
    <Select
      label={t('credits.begin')}
      data-templates
      maw={420}
      value={null}
      data={offered.map(({ id, name, verified }) => ({
        value: id,
        label: verified ? nameOf(name) : t('credits.unverified', { body: nameOf(name) }),
      }))}
      onChange={(id) => {
        const chosen = offered.find((template) => template.id === id)
        if (chosen) add(chosen.policy)
      }}
    />
  )
}

/** The labels of the members that a source may not mention. */
const members: Record<string, 'attendance.perHour' | 'attendance.share' | 'attendance.minimum' | 'attendance.step'> = {
  perHour: 'attendance.perHour',
  minimumShare: 'attendance.share',
  minimumMinutes: 'attendance.minimum',
  step: 'attendance.step',
}

/** What a body demands, where that was read, and what nobody has checked. */
function About({ template, isOff }: { template: CreditTemplate; isOff: boolean }) {
  const { t, nameOf, locale } = useReader()
  const fields = template.notInSource.flatMap((member) => (members[member] ? [t(members[member])] : []))
  return (
    <div data-template={template.id}>
      {!template.verified && isOff && (
        <Notice kind="warning" title={t('credits.unverified', { body: nameOf(template.name) })}>
          {t('credits.offNote')}
        </Notice>
      )}
      <Text size="sm">{nameOf(template.rule)}</Text>
      <Text size="xs" c="dimmed">
        {t('credits.source', { source: template.source })}
        {fields.length > 0 && ` · ${t('credits.notInSource', { fields: new Intl.ListFormat(locale).format(fields) })}`}
      </Text>
    </div>
  )
}

interface RuleProps {
  readonly policy: CreditPolicy
  /** The rules of the same body, if the hub knows them. */
  readonly template: CreditTemplate | undefined
  readonly change: (next: CreditPolicy) => void
  readonly remove: () => void
}

function Rule({ policy, template, change, remove }: RuleProps) {
  const { t, nameOf } = useReader()
  const set = (part: Partial<CreditPolicy>) => change({ ...policy, ...part })
  const named = (name: LocalName, language: Language, text: string): LocalName => ({
    ...name,
    [language]: language === 'en' ? text : text || undefined,
  })
  const amount = (
    label: string,
    value: number | undefined,
    apply: (value: number) => void,
    more: { min: number; max: number; step: number; decimals?: number },
  ) => (
    <NumberInput
      label={label}
      value={value ?? ''}
      onChange={(v) => v !== '' && apply(Number(v))}
      min={more.min}
      max={more.max}
      step={more.step}
      decimalScale={more.decimals ?? 2}
      required
    />
  )
  return (
    <Paper withBorder p="md" radius="md" component="section" aria-label={nameOf(policy.name) || t('attendance.addRule')}>
      <Stack gap="sm">
        {template && <About template={template} isOff={policy.off} />}
        <div className={classes.rule}>
          <TextInput
            label={t('attendance.id')}
            description={t('attendance.idHint')}
            required
            pattern="[a-z0-9][a-z0-9._\-]*"
            maxLength={80}
            value={policy.id}
            onChange={(e) => set({ id: e.currentTarget.value })}
            dir="ltr"
          />
          {languages.map((l) => (
            <TextInput
              key={l}
              label={t('attendance.nameIn', { language: languageNames[l] })}
              required={l === 'en'}
              maxLength={120}
              dir="auto"
              value={policy.name[l] ?? ''}
              onChange={(e) => set({ name: named(policy.name, l, e.currentTarget.value) })}
            />
          ))}
          {languages.map((l) => (
            <TextInput
              key={l}
              label={t('attendance.unitIn', { language: languageNames[l] })}
              required={l === 'en'}
              maxLength={120}
              dir="auto"
              description={t(l === 'ko' ? 'attendance.unitWord' : 'attendance.unitHint', { example: units[l] })}
              value={policy.unit[l] ?? ''}
              onChange={(e) => set({ unit: named(policy.unit, l, e.currentTarget.value) })}
            />
          ))}
          {amount(t('attendance.perHour'), policy.perHour, (perHour) => set({ perHour }), { min: 0.01, max: 10, step: 0.25 })}
          {amount(t('attendance.share'), Math.round(policy.minimumShare * 100), (share) => set({ minimumShare: share / 100 }), {
            min: 0,
            max: 100,
            step: 5,
            decimals: 0,
          })}
          {amount(t('attendance.minimum'), policy.minimumMinutes, (minimumMinutes) => set({ minimumMinutes }), {
            min: 0,
            max: 1440,
            step: 5,
            decimals: 0,
          })}
          <NumberInput
            label={t('attendance.cap')}
            placeholder={t('attendance.noCap')}
            value={policy.dayCap ?? ''}
            onChange={(v) => set({ dayCap: v === '' ? undefined : Number(v) })}
            min={0.01}
            max={100}
            step={0.5}
            decimalScale={2}
          />
          {(['yearTarget', 'yearCap'] as const).map((member) => (
            <NumberInput
              key={member}
              label={t(member === 'yearCap' ? 'credits.yearCap' : 'credits.target')}
              placeholder={t(member === 'yearCap' ? 'attendance.noCap' : 'credits.noTarget')}
              value={policy[member] ?? ''}
              onChange={(v) => set({ [member]: v === '' ? undefined : Number(v) })}
              min={0.01}
              max={1000}
              decimalScale={2}
            />
          ))}
          {amount(t('attendance.step'), policy.step, (step) => set({ step }), { min: 0.01, max: 1, step: 0.25 })}
          <Select
            label={t('attendance.rounding')}
            allowDeselect={false}
            data={[
              { value: 'down', label: t('attendance.down') },
              { value: 'nearest', label: t('attendance.nearest') },
            ]}
            value={policy.rounding}
            onChange={(v) => set({ rounding: v as CreditPolicy['rounding'] })}
          />
        </div>
        <Group gap="lg" role="group" aria-label={t('attendance.kinds')}>
          <Checkbox label={t('attendance.countsLive')} checked={policy.live} onChange={(e) => set({ live: e.currentTarget.checked })} />
          <Checkbox
            label={t('attendance.countsRecorded')}
            checked={policy.recorded}
            onChange={(e) => set({ recorded: e.currentTarget.checked })}
          />
          <Checkbox
            label={t('attendance.countsRoom')}
            checked={policy.inPerson}
            onChange={(e) => set({ inPerson: e.currentTarget.checked })}
          />
          <Checkbox
            label={t('credits.afterFeedback')}
            checked={policy.afterFeedback}
            onChange={(e) => set({ afterFeedback: e.currentTarget.checked })}
          />
          <Checkbox label={t('credits.off')} checked={policy.off} onChange={(e) => set({ off: e.currentTarget.checked })} />
          <Button
            ms="auto"
            size="xs"
            variant="subtle"
            color="gray"
            c="var(--hub-text)"
            leftSection={<IconTrash size={16} aria-hidden />}
            onClick={remove}
          >
            {t('attendance.removeRule', { name: nameOf(policy.name) })}
          </Button>
        </Group>
      </Stack>
    </Paper>
  )
}
