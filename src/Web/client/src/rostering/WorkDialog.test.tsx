// @vitest-environment happy-dom
import { expect, it } from 'vitest'
import { button, said, talking, write } from '../hub.testing'
import { drawing, sees } from '../screen.testing'
import type { Engagement } from './roster'
import { useRosterCommand } from './useRosterCommand'
import WorkDialog from './WorkDialog'

const { draw } = drawing()
const { answers, sent } = talking()
const commands = '/api/rosters/ehs/2026-W48/commands'

const names = {
  hospital: () => ({ procedures: [spine, other] }) as never,
  procedureName: (_: string, id: string) => (id === 'fusion' ? 'Spinal fusion' : id),
}
const spine = { id: 'fusion', specialty: 'spine', name: { en: 'Spinal fusion' }, assisted: 3, supervised: 5 }
const other = { id: 'stent', specialty: 'cardiology', name: { en: 'Stent' }, assisted: 3, supervised: 5 }

function Asked({ engagement }: { engagement: Partial<Engagement> }) {
  const command = useRosterCommand('ehs', '2026-W48')
  const whole = { id: 'e-1', version: 7, kind: 'operation', title: 'Spine', ...engagement } as unknown as Engagement
  return <WorkDialog engagement={whole} names={names} week="2026-W48" command={command} close={() => undefined} />
}

const fields = () => document.querySelectorAll('[role=dialog] input')

it('asks for the counts that fit the kind when an engagement is completed, and may be left empty', async () => {
  answers[`POST ${commands}`] = {}
  draw('/?1', <Asked engagement={{ status: 'inProgress' }} />)
  await sees(() => expect(fields()).toHaveLength(1))
  expect(said('[role=dialog]')).toContain('Operations')
  button('Complete without numbers').click()
  await sees(() => expect(sent[0]!.body).toMatchObject({ type: 'complete', engagement: 'e-1', expectedVersion: 7 }))
  expect(sent[0]!.body).not.toHaveProperty('work')
  write('[role=dialog] input', '3')
  await sees(() => expect(button('Complete and record')?.disabled).toBe(false))
  button('Complete and record').click()
  await sees(() => expect(sent[1]!.body).toMatchObject({ type: 'complete', work: { operations: 3 } }))
})

it('corrects counts only with a reason', async () => {
  answers[`POST ${commands}`] = {}
  draw('/?2', <Asked engagement={{ status: 'completed', work: { operations: 3, taught: 2 } as never }} />)
  await sees(() => expect(fields()).toHaveLength(3))
  expect(button('Record').disabled).toBe(true)
  write('[role=dialog] input[maxlength="500"]', 'Counted again')
  await sees(() => expect(button('Record').disabled).toBe(false))
  button('Record').click()
  await sees(() => expect(sent[0]!.body).toMatchObject({ type: 'recordWork', work: { operations: 3, taught: 2 }, reason: 'Counted again' }))
})

it('asks for the cases of the procedures that the hospital has agreed for the specialty', async () => {
  answers[`POST ${commands}`] = {}
  draw('/?3', <Asked engagement={{ status: 'inProgress', specialty: 'spine', hospital: 'h-1' as never }} />)
  await sees(() => expect(said('[data-procedure=fusion]')).toContain('Spinal fusion'))
  expect(document.querySelector('[data-procedure=stent]')).toBeNull()
  write('[data-procedure=fusion] input', '2')
  await sees(() => expect(button('Complete and record')?.disabled).toBe(false))
  button('Complete and record').click()
  await sees(() =>
    expect(sent[0]!.body).toMatchObject({
      type: 'complete',
      work: { procedures: [{ procedure: 'fusion', assisted: 2, supervised: 0, alone: 0 }] },
    }),
  )
})

it('keeps the cases that are recorded, also of a procedure that is no longer agreed', async () => {
  answers[`POST ${commands}`] = {}
  const work = { operations: 1, procedures: [{ procedure: 'old', assisted: 0, supervised: 4, alone: 0 }] }
  draw('/?4', <Asked engagement={{ status: 'completed', specialty: 'spine', hospital: 'h-1' as never, work }} />)
  await sees(() => expect(document.querySelector('[data-procedure=old]')).not.toBeNull())
  write('[role=dialog] input[maxlength="500"]', 'Counted again')
  await sees(() => expect(button('Record').disabled).toBe(false))
  button('Record').click()
  await sees(() => expect(sent[0]!.body).toMatchObject({ type: 'recordWork', work }))
})
