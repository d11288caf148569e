import { expect, it } from 'vitest'
import type { Duty } from '../rostering/roster'
import { itineraryOf } from './itinerary'

const duty = (id: string, start: string, end: string, status: Duty['status'] = 'confirmed') => ({ id, start, end, status, consultants: ['c'], attention: [] }) as unknown as Duty
const dubai = () => 'Asia/Dubai'
const now = Date.parse('2026-11-24T06:00:00Z')

it('knows what is under way and what comes next', () => {
  const { now: underWay, next } = itineraryOf([duty('later', '2026-11-24T10:00:00Z', '2026-11-24T11:00:00Z'), duty('on', '2026-11-24T05:30:00Z', '2026-11-24T06:30:00Z'), duty('soon', '2026-11-24T07:00:00Z', '2026-11-24T08:00:00Z')], now, dubai)
  expect(underWay.map((d) => d.id)).toEqual(['on'])
  expect(next?.id).toBe('soon')
})

it('leaves out what is called off, and keeps on what runs late', () => {
  const { now: underWay, next } = itineraryOf([duty('off', '2026-11-24T06:30:00Z', '2026-11-24T07:00:00Z', 'cancelled'), duty('late', '2026-11-24T04:00:00Z', '2026-11-24T05:00:00Z', 'inProgress')], now, dubai)
  expect(underWay.map((d) => d.id)).toEqual(['late'])
  expect(next).toBeUndefined()
})

it('puts a duty on the day that the hospital has, not the one of the reader', () => {
  const { days } = itineraryOf([duty('night', '2026-11-24T20:30:00Z', '2026-11-24T21:30:00Z')], now, dubai)
  expect(days.map((d) => d.date)).toEqual(['2026-11-25'])
})
