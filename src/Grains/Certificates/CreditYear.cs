using System.Collections.Immutable;
using ConsultHub.Attendance;

namespace ConsultHub.Certificates;

/// <summary>The credit of one person from one accrediting body in one calendar year.</summary>
/// <param name="Earned">What the person's valid certificates say.</param>
/// <param name="Counted">What the body counts of it. The rest is lost.</param>
/// <param name="Target">What the person needs in the year. Null if the body demands no amount.</param>
/// <param name="Missing">What is still missing. 0 if nothing is, or if there is no target.</param>
public sealed record CreditYear(
    AccreditorId Body,
    LocalName Name,
    LocalName Unit,
    int Year,
    decimal Earned,
    decimal Counted,
    decimal? Target,
    decimal Missing
);

/// <summary>Adds up credit by calendar years. Nothing is stored: certificates are the only source. No year changes another year.</summary>
public static class CreditYears
{
    /// <param name="policies">The network's policies. They say how much is needed and counted. A policy that is off is left out.</param>
    /// <param name="certificates">The certificates of one person. Those that are revoked or replaced do not count.</param>
    /// <param name="zone">The network's zone. It says in which year a lecture without a day was certified.</param>
    /// <param name="now">The current year is shown for each policy, also without credit.</param>
    /// <returns>By body in the order of the policies, the newest year first.</returns>
    public static ImmutableArray<CreditYear> Of(
        ImmutableArray<CreditPolicy> policies,
        IEnumerable<IssuedCertificate> certificates,
        TimeZoneInfo zone,
        DateTimeOffset now
    )
    {
        var earned = certificates
            .Where(c => c.Revoked is null)
            .SelectMany(c => c.Certificate.Lectures.Select(l => (c.Certificate.Policy.Id, Year: YearOf(l, c.Certificate, zone), l.Credits)))
            .GroupBy(l => (l.Id, l.Year))
            .ToDictionary(year => year.Key, year => year.Sum(l => l.Credits));
        return
        [
            .. policies
                .Where(policy => !policy.Off)
                .SelectMany(policy =>
                    earned
                        .Keys.Where(key => key.Id == policy.Id)
                        .Select(key => key.Year)
                        .Append(LocalYear(now, zone))
                        .Distinct()
                        .OrderDescending()
                        .Select(year => Of(policy, year, earned.GetValueOrDefault((policy.Id, year))))
                ),
        ];
    }

    private static CreditYear Of(CreditPolicy policy, int year, decimal earned)
    {
        var counted = policy.YearCap is { } cap ? Math.Min(cap, earned) : earned;
        var missing = policy.YearTarget is { } target ? Math.Max(0, target - counted) : 0;
        return new(policy.Id, policy.Name, policy.Unit, year, earned, counted, policy.YearTarget, missing);
    }

    private static int YearOf(CertifiedLecture lecture, Certificate certificate, TimeZoneInfo zone) =>
        lecture.Day?.Year ?? LocalYear(certificate.IssuedAt, zone);

    private static int LocalYear(DateTimeOffset at, TimeZoneInfo zone) => TimeZoneInfo.ConvertTime(at, zone).Year;
}
