import { Button, Pagination, Table, Text, TextInput } from '@mantine/core'
import { IconChevronDown, IconChevronUp, IconSearch } from '@tabler/icons-react'
import { Fragment, useState } from 'react'
import type { PersonCredits } from '../api/schema'
import { number, useUnit } from '../certificates/credit'
import classes from '../certificates/Table.module.css'
import { useReader } from '../i18n'
import { minutesOf, whole } from './attendance'
import { CountedElsewhere } from './CountedElsewhere'
import { SessionList } from './SessionList'

const rowsOnPage = 50

/** Everybody who attended, page by page. The reader can open a row to see the person's sessions. */
export function PeopleTable({ people }: { people: readonly PersonCredits[] }) {
  const { t, nameOf, locale } = useReader()
  const unit = useUnit()
  const [text, setText] = useState('')
  const [page, setPage] = useState(1)
  const [open, setOpen] = useState<string | null>(null)
  const wanted = text.trim().toLocaleLowerCase()
  const found = people.filter((p) => [p.name.en, p.name.ar, p.name.ko, p.person].some((n) => n?.toLocaleLowerCase().includes(wanted)))
  const bodies = people[0]?.bodies.map((b) => b.policy) ?? []
  const pages = Math.max(1, Math.ceil(found.length / rowsOnPage))
  const shown = found.slice((Math.min(page, pages) - 1) * rowsOnPage, Math.min(page, pages) * rowsOnPage)
  return (
    <>
      <TextInput
        type="search"
        maw={320}
        mb="sm"
        aria-label={t('attendance.search')}
        placeholder={t('attendance.search')}
        leftSection={<IconSearch size={16} />}
        value={text}
        onChange={(e) => (setText(e.currentTarget.value), setPage(1))}
      />
      <Text size="sm" c="dimmed" mb="xs" role="status">
        {t('attendance.people', { count: found.length })}
      </Text>
      <div className={classes.scroll} tabIndex={0} role="group" aria-label={t('attendance.list')}>
        <Table className={`${classes.table} ${classes.cards}`}>
          <Table.Thead>
            <Table.Tr>
              <Table.Th scope="col">{t('attendance.person')}</Table.Th>
              <Table.Th scope="col" className={classes.number}>
                {t('attendance.sessions')}
              </Table.Th>
              <Table.Th scope="col" className={classes.number}>
                {t('attendance.minutes')}
              </Table.Th>
              {bodies.map((body) => (
                <Table.Th key={body.id} scope="col" className={classes.number}>
                  <bdi>{nameOf(body.name)}</bdi>
                </Table.Th>
              ))}
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {shown.map((person) => (
              <Fragment key={person.person}>
                <Table.Tr data-person={person.person}>
                  <Table.Th scope="row">
                    <Button
                      variant="subtle"
                      size="compact-sm"
                      color="gray"
                      c="var(--hub-text)"
                      aria-expanded={open === person.person}
                      aria-label={t('attendance.details', { who: nameOf(person.name) })}
                      leftSection={
                        open === person.person ? <IconChevronUp size={14} aria-hidden /> : <IconChevronDown size={14} aria-hidden />
                      }
                      onClick={() => setOpen(open === person.person ? null : person.person)}
                    >
                      <bdi>{nameOf(person.name)}</bdi>
                    </Button>
                  </Table.Th>
                  <Table.Td className={classes.number} data-label={t('attendance.sessions')}>
                    {number(person.sessions.length, locale)}
                  </Table.Td>
                  <Table.Td className={classes.number} data-label={t('attendance.minutes')}>
                    {whole(
                      person.sessions.reduce((sum, s) => sum + minutesOf(s), 0),
                      locale,
                    )}
                  </Table.Td>
                  {person.bodies.map((body) => (
                    <Table.Td key={body.policy.id} className={classes.number} data-label={nameOf(body.policy.name)} fw={600}>
                      {number(body.credits, locale)} <bdi>{unit(body.policy.unit, body.credits)}</bdi>
                    </Table.Td>
                  ))}
                </Table.Tr>
                {open === person.person && (
                  <Table.Tr>
                    <Table.Td colSpan={3 + bodies.length}>
                      <SessionList person={person} />
                      {person.bodies.map((body) => (
                        <CountedElsewhere key={body.policy.id} body={body} />
                      ))}
                    </Table.Td>
                  </Table.Tr>
                )}
              </Fragment>
            ))}
          </Table.Tbody>
        </Table>
      </div>
      {pages > 1 && <Pagination mt="md" total={pages} value={Math.min(page, pages)} onChange={setPage} />}
    </>
  )
}
