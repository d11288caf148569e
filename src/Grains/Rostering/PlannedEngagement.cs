using System.Collections.Immutable;
using ConsultHub.Hospitals;
using ConsultHub.Records;

namespace ConsultHub.Rostering;

/// <summary>
/// An engagement as a file has it, for hospitals that join with a plan of their own. The roster checks it as any other plan. Afterwards it
/// is changed by commands only.
/// </summary>
/// <param name="Start">UTC.</param>
/// <param name="End">UTC. At most 24 hours after the start.</param>
/// <param name="Confirmed">Whether the engagement is confirmed at once.</param>
[GenerateSerializer, Immutable, Alias("hub.PlannedEngagement")]
public sealed record PlannedEngagement(
    [property: Id(0)] EngagementId Id,
    [property: Id(1)] EngagementKind Kind,
    [property: Id(2)] string Title,
    [property: Id(3)] HospitalId Hospital,
    [property: Id(4)] RoomId? Room,
    [property: Id(5)] ImmutableArray<PersonId> Consultants,
    [property: Id(6)] string Specialty,
    [property: Id(7)] DateTimeOffset Start,
    [property: Id(8)] DateTimeOffset End,
    [property: Id(9)] int? Attendees = null,
    [property: Id(10)] bool Confirmed = false
) : ICheckedRecord
{
    internal const string Part = "engagement";

    /// <summary>What the engagement needs in its room, such as a projector.</summary>
    [Id(11)]
    public ImmutableArray<string> Needs
    {
        get => field.IsDefault ? [] : field; // earlier releases stored none
        init;
    } = [];

    /// <summary>The education programme for one of whose cohorts the engagement takes place.</summary>
    [Id(12)]
    public ProgrammeId? Programme { get; init; }

    [Id(13)]
    public string? Cohort { get; init; }

    /// <summary>The joint initiative for which the engagement takes place.</summary>
    [Id(14)]
    public InitiativeId? Initiative { get; init; }

    RecordId IRecord.Record => new(Part, Id.Value);

    void ICheckedRecord.Check(RecordFaults faults)
    {
        faults.Id(Id.Value);
        faults.Choice(Kind, "kind");
        faults.Text(Title, "title", needed: true);
        faults.Id(Hospital.Value, "hospital");
        faults.OptionalId(Room?.Value, "room");
        faults.Ids([.. Consultants.Select(c => c.Value)], "consultants", CommandLimits.MostConsultants);
        faults.Id(Specialty, "specialty");
        faults.Period(Start, End, "start", "end");
        if (Attendees is { } attendees)
            faults.Range(attendees, 0, 100_000, "attendees");
        faults.Texts(Needs, "needs", CommandLimits.MostNeeds, Equipment.Longest);
        faults.OptionalId(Programme?.Value, "programme");
        faults.OptionalId(Cohort, "cohort");
        faults.OptionalId(Initiative?.Value, "initiative");
    }

    /// <summary>The engagement as it is planned now. The status is not part of a file, except that it may be confirmed.</summary>
    public static PlannedEngagement Of(Engagement engagement) =>
        new(
            engagement.Id,
            engagement.Kind,
            engagement.Title,
            engagement.Hospital,
            engagement.Room,
            engagement.Consultants,
            engagement.Specialty,
            engagement.Start,
            engagement.End,
            engagement.Attendees,
            engagement.Status != EngagementStatus.Planned
        )
        {
            Needs = engagement.Needs,
            Programme = engagement.Purpose?.Programme,
            Cohort = engagement.Purpose?.Cohort,
            Initiative = engagement.Purpose?.Initiative,
        };

    internal Plan AsPlan(Guid command, string? reason) =>
        new()
        {
            CommandId = command,
            Engagement = Id,
            Kind = Kind,
            Title = Title,
            Hospital = Hospital,
            Room = Room,
            Consultants = Consultants,
            Specialty = Specialty,
            Start = Start,
            End = End,
            Attendees = Attendees,
            Needs = Needs,
            Purpose = (Programme, Cohort, Initiative) == default ? null : new(Programme, Cohort, Initiative),
            Confirmed = Confirmed,
            Reason = reason,
        };
}
