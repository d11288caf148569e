using System.Collections.Immutable;
using ConsultHub.Consultants;
using ConsultHub.Networks;
using ConsultHub.Scorecards;
using ConsultHub.Web.Certificates;
using ConsultHub.Web.Directories;

namespace ConsultHub.Web.Scorecards;

/// <summary>
/// Reads the names that a printed scorecard needs, and prints it. Only the figures of a report stay the same, not its names.
/// </summary>
internal sealed class ScorecardPrinter(IGrainFactory grains, CertificatePrinter printer)
{
    /// <param name="report">The id of the stored report. Null for present figures.</param>
    public async Task<byte[]> PrintAsync(NetworkId network, ScorecardReading reading, Guid? report, ScorecardTexts texts)
    {
        var known = await grains.GetGrain<INetworkGrain>(network.Value).GetAsync();
        var hospitals = (await grains.ListAsync($"{network}/hospitals")).ToDictionary(e => e.Id, e => e.Name);
        var specialties = await grains.GetGrain<ISpecialtiesGrain>("hub").ListAsync();
        var (question, language) = (reading.Question, texts.Plain.Language);
        string HospitalName(HospitalId id) => hospitals.TryGetValue(id.Value, out var name) ? name.In(language) : id.Value;
        string PartnerName(PartnerId id) => known?.Partners.FirstOrDefault(p => p.Id == id)?.Name.In(language) ?? id.Value;
        var filter = question.Filter;
        ImmutableArray<(string, string?)> about =
        [
            (texts.Period, texts.Plain.Days(question.From, question.To)),
            (texts.Hospital, filter.Hospital is { } hospital ? HospitalName(hospital) : null),
            (
                texts.Specialty,
                filter.Specialty is { } code ? specialties.FirstOrDefault(s => s.Code == code)?.Name.In(language) ?? code : null
            ),
            (texts.Partner, filter.Partner is { } partner ? PartnerName(partner) : null),
            (texts.Limited, PartsOf(question)),
            (
                report is null ? texts.ReadAt : texts.StoredAt,
                $"{texts.Instant(reading.At, TimeZoneInfo.FindSystemTimeZoneById(question.Zone))} ({question.Zone})"
            ),
            (texts.Report, report?.ToString()),
        ];
        var facts = new ScorecardFacts(
            known?.Name ?? new(network.Value),
            [.. about.Where(a => a.Item2 is not null).Select(a => (a.Item1, a.Item2!))],
            hospitals,
            reading.At
        );
        var scores = reading.Scores;
        return await Task.Run(() => printer.Print(fonts => new ScorecardPdf(facts, scores, texts, fonts).Draw()));

        // The parts of the network to which the figures are limited.
        string? PartsOf(ReportQuestion asked) =>
            asked.Scopes.Any(s => s.Hospitals.IsEmpty && s.Partner is null)
                ? null
                : string.Join(
                    ", ",
                    asked
                        .Scopes.SelectMany(s => s.Hospitals.Select(HospitalName).Concat(s.Partner is { } only ? [PartnerName(only)] : []))
                        .Distinct()
                );
    }
}
