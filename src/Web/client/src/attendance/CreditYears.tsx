import { Stack, Text, Title } from '@mantine/core'
import type { CreditYear } from '../api/schema'
import { useResource } from '../api/useResource'
import { number, useUnit } from '../certificates/credit'
import { useReader } from '../i18n'

/** What the reader's valid certificates give in each calendar year, and what is still missing. */
export function CreditYears({ network }: { network: string }) {
  const { t, nameOf } = useReader()
  const { data } = useResource<CreditYear[]>(`/api/networks/${encodeURIComponent(network)}/credit-years/mine`)
  if (!data || data.length === 0) return null
  const bodies = [...new Set(data.map((year) => year.body))].map((body) => [body, data.filter((year) => year.body === body)] as const)
  return (
    <section aria-labelledby="years">
      <Title order={2} size="h5" mt="xl" mb={4} id="years">
        {t('credits.years')}
      </Title>
      <Text size="sm" c="dimmed" mb="xs">
        {t('credits.yearsText')}
      </Text>
      <Stack gap="sm">
        {bodies.map(([body, years]) => (
          <div key={body} data-years={body}>
            <Text fw={600}>
              <bdi>{nameOf(years[0]!.name)}</bdi>
            </Text>
            {years.map((year) => (
              <Year key={year.year} year={year} />
            ))}
          </div>
        ))}
      </Stack>
    </section>
  )
}

function Year({ year }: { year: CreditYear }) {
  const { t, locale } = useReader()
  const unit = useUnit()
  const amount = (credits: number) => `${number(credits, locale)} ${unit(year.unit, credits)}`
  const { counted, earned, target, missing } = year
  // A year is not a quantity, so it has no sign between its digits.
  const name = String(year.year)
  const more = [
    target && (missing > 0 ? t('credits.missing', { credits: amount(missing) }) : t('credits.reached')),
    earned > counted && t('credits.surplus', { credits: amount(earned - counted) }),
  ].filter(Boolean)
  return (
    <Text size="sm" data-year={name}>
      {[
        target
          ? t('credits.ofTarget', { year: name, credits: number(counted, locale), target: amount(target) })
          : t('credits.counted', { year: name, credits: amount(counted) }),
        ...more,
      ].join(' · ')}
    </Text>
  )
}
