using System.Collections.Immutable;
using System.Text.Json.Serialization;
using ConsultHub.Journal;
using ConsultHub.Live;
using ConsultHub.Records;

namespace ConsultHub.Programmes;

/// <summary>
/// A paper of a person, such as a licence. The hub keeps no copy, only what the paper says and where it is. Dates are days in the calendar
/// of whoever issued it.
/// </summary>
/// <param name="Title">What the paper is, such as "DHA licence, internal medicine". Never a number of a patient.</param>
/// <param name="Issuer">Who issued it.</param>
/// <param name="Reference">Where the paper is: the number of a file or a link.</param>
/// <param name="From">The first day on which it is valid. Null if it always was.</param>
/// <param name="To">The last day on which it is valid. Null if it has no end.</param>
/// <param name="Supervisor">The specialist whom the paper names as the supervisor, as Korea's approval for limited practice does.</param>
[GenerateSerializer, Immutable, Alias("hub.DossierDocument")]
public sealed record DossierDocument(
    [property: Id(0)] string Id,
    [property: Id(1)] DocumentKind Kind,
    [property: Id(2)] string Title,
    [property: Id(3)] string? Issuer,
    [property: Id(4)] string? Reference,
    [property: Id(5)] DateOnly? From,
    [property: Id(6)] DateOnly? To,
    [property: Id(7)] string? Supervisor = null
) : ICheckedRecord
{
    internal const string Part = "document";

    RecordId IRecord.Record => new(Part, Id);

    void ICheckedRecord.Check(RecordFaults faults)
    {
        faults.Id(Id);
        faults.Choice(Kind, "kind");
        faults.Text(Title, "title", needed: true);
        faults.Text(Issuer, "issuer");
        faults.Text(Reference, "reference", most: 300);
        faults.Text(Supervisor, "supervisor");
        if (To < From)
            faults.Add(RecordCodes.EndBeforeStart, "The last day is not before the first day.", "to");
    }
}

/// <summary>Somebody has seen the paper, and it says what the record says.</summary>
/// <param name="Tag">The tag of the record that was checked. If the record changes, the check no longer counts.</param>
/// <param name="At">UTC.</param>
[GenerateSerializer, Immutable, Alias("hub.DocumentCheck")]
public sealed record DocumentCheck(
    [property: Id(0)] string Document,
    [property: Id(1)] string Tag,
    [property: Id(2)] PersonId By,
    [property: Id(3)] DateTimeOffset At
);

/// <summary>An application of the person, as the programme last told it.</summary>
/// <param name="OfferedUntil">UTC. When the open offer lapses.</param>
/// <param name="ChangedAt">UTC.</param>
[GenerateSerializer, Immutable, Alias("hub.ApplicationTold")]
public sealed record ApplicationTold(
    [property: Id(0)] ProgrammeId Programme,
    [property: Id(1)] NetworkId Network,
    [property: Id(2)] string Cohort,
    [property: Id(3)] ApplicationStatus Status,
    [property: Id(4)] DateTimeOffset? OfferedUntil,
    [property: Id(5)] DateTimeOffset ChangedAt
) : OutboxPayload
{
    /// <summary>Whether the programme still has to do with the person.</summary>
    [JsonIgnore]
    public bool IsOpen =>
        Status is ApplicationStatus.Submitted or ApplicationStatus.Waiting or ApplicationStatus.Offered or ApplicationStatus.Accepted;
}

/// <summary>What a person keeps once for all programmes: papers, and the state of the applications.</summary>
[GenerateSerializer, Immutable, Alias("hub.Dossier")]
[JsonTypeName("dossier")]
public sealed record Dossier : TopicItem, IProfile<Dossier>, ILiveProfile
{
    private const int MostDocuments = 200,
        MostApplications = 200;

    public override string Key => "dossier";

    [Id(0)]
    public ImmutableArray<DossierDocument> Documents { get; init; } = [];

    /// <summary>The checks that count.</summary>
    [Id(1)]
    public ImmutableArray<DocumentCheck> Checks { get; init; } = [];

    /// <summary>The newest first. At most 200: the oldest are forgotten.</summary>
    [Id(2)]
    public ImmutableArray<ApplicationTold> Applications { get; init; } = [];

    /// <summary>The networks to whose programmes the person has applied.</summary>
    public IEnumerable<NetworkId> Networks => Applications.Select(a => a.Network).Distinct();

    IEnumerable<IRecord> IProfile.Records => Documents;

    public bool IsChecked(DossierDocument document) => Checks.Any(c => c.Document == document.Id);

    IEnumerable<TopicItem> ILiveProfile.ItemsSince(long version, long last, long recorded) => [this with { Version = last }];

    internal Dossier With(ApplicationTold told) =>
        this with
        {
            Applications =
            [
                told,
                .. Applications.Where(a => (a.Programme, a.Cohort) != (told.Programme, told.Cohort)).Take(MostApplications - 1),
            ],
        };

    static Dossier? IProfile<Dossier>.With(Dossier? dossier, RecordId record, IRecord? value) =>
        record.Part != DossierDocument.Part
            ? dossier
            : (dossier ?? new()) with
            {
                Documents = (dossier?.Documents ?? []).With(record, value),
                // A check is about what the paper said.
                Checks = (dossier?.Checks ?? []).RemoveAll(c => c.Document == record.Id && (value is null || RecordTag.Of(value) != c.Tag)),
            };

    static IEnumerable<RecordFault> IProfile<Dossier>.FaultsOf(Dossier dossier) => RecordRules.TooMany(dossier.Documents, MostDocuments);
}

/// <summary>An application of the person has changed.</summary>
[GenerateSerializer, Immutable, Alias("hub.ApplicationNoted")]
internal sealed record ApplicationNoted([property: Id(0)] ApplicationTold Told) : ProfileEvent<Dossier>
{
    public override Dossier After(Dossier? dossier) => (dossier ?? new()).With(Told);
}

/// <summary>Somebody has checked a paper, or has taken the check back.</summary>
/// <param name="Check">Null if the check is taken back.</param>
[GenerateSerializer, Immutable, Alias("hub.DocumentChecked")]
internal sealed record DocumentChecked([property: Id(0)] string Document, [property: Id(1)] DocumentCheck? Check) : ProfileEvent<Dossier>
{
    public override Dossier? After(Dossier? dossier) =>
        dossier is null
            ? null
            : dossier with
            {
                Checks = [.. dossier.Checks.Where(c => c.Document != Document), .. Check is null ? [] : new[] { Check }],
            };
}
