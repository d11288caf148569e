using System.Collections.Immutable;
using ConsultHub.Consultants;
using ConsultHub.Hospitals;
using ConsultHub.Journal;
using ConsultHub.Networks;
using ConsultHub.Rostering;

namespace ConsultHub.Tests.Rostering;

/// <summary>A small network and the roster of one of its weeks. Commands are decided by the pure rules alone.</summary>
internal sealed class RosterWorld
{
    public static readonly Week Week = new(2026, 48);
    public static readonly NetworkId Ehs = new("ehs");
    public static readonly HospitalId North = new("h-north"),
        South = new("h-south");
    public static readonly RoomId One = new("r-one"),
        Two = new("r-two");
    public static readonly PersonId Kim = new("c-kim"),
        Lee = new("c-lee"),
        Park = new("c-park");
    public static readonly Actor Coordinator = new(new("p-coordinator"), Role.Coordinator);

    /// <summary>Tuesday of the week, 08:00 in Dubai.</summary>
    public static readonly DateTimeOffset Eight = new(2026, 11, 24, 4, 0, 0, TimeSpan.Zero);

    public Network Network { get; set; } =
        new()
        {
            Id = Ehs,
            Name = new("Emirates Health Services"),
            TimeZone = "Asia/Dubai",
            Travel = [new(North, South, 60)],
            Rota = [new(new("p-duty"), Eight.AddDays(-30), Eight.AddDays(30))],
        };

    public Dictionary<HospitalId, Hospital> Hospitals { get; } = new[] { North, South }.ToDictionary(h => h, NewHospital);

    public Dictionary<PersonId, Consultant> Consultants { get; } = new[] { Kim, Lee, Park }.ToDictionary(p => p, NewConsultant);

    public Roster Roster { get; private set; } = new();
    public long Version { get; private set; }
    public DateTimeOffset Now { get; set; } = Eight.AddDays(-1);
    public List<JournalEntry<RosterEvent>> Journal { get; } = [];

    public static Hospital NewHospital(HospitalId id) =>
        new()
        {
            Id = id,
            Network = Ehs,
            Name = new(id.Value),
            City = "Dubai",
            TimeZone = "Asia/Dubai",
            Rooms = [new(One, new("One"), 10), new(Two, new("Two"), 100)],
            Hours = [.. Enum.GetValues<DayOfWeek>().Select(day => new WorkingHours(day, new(7, 0), new(19, 0)))],
        };

    public static Consultant NewConsultant(PersonId id) =>
        new()
        {
            Id = id,
            Name = new(id.Value),
            Specialties = ["cardiology"],
            Languages = ["en"],
            HomeTimeZone = "Asia/Seoul",
            Credentials = [.. new[] { North, South }.Select(h => new Credential(h, "cardiology", Eight.AddDays(-60), Eight.AddDays(60)))],
            Visits = [new(new($"v-{id}"), Ehs, Eight.AddDays(-30), Eight.AddDays(30))],
        };

    public RosterFacts Facts()
    {
        var facts = new RosterFacts(Network, Week);
        foreach (var hospital in Hospitals.Values)
            facts.Put(hospital);
        foreach (var consultant in Consultants.Values)
            facts.Put(consultant);
        return facts;
    }

    public static Plan Plan(
        string id,
        PersonId? who = null,
        double at = 0,
        double hours = 1,
        RoomId? room = null,
        HospitalId? hospital = null
    ) =>
        new()
        {
            CommandId = Guid.NewGuid(),
            Engagement = new(id),
            Kind = EngagementKind.Consultation,
            Title = id,
            Hospital = hospital ?? North,
            Room = room,
            Consultants = who is { } person ? [person] : [],
            Specialty = "cardiology",
            Start = Eight.AddHours(at),
            End = Eight.AddHours(at + hours),
            Confirmed = true,
        };

    public static ChangeTime Move(string id, double at, double hours = 1, RoomId? room = null, string? reason = null) =>
        new()
        {
            CommandId = Guid.NewGuid(),
            Engagement = new(id),
            Start = Eight.AddHours(at),
            End = Eight.AddHours(at + hours),
            Room = room,
            Reason = reason,
        };

    public static Assign Assign(string id, params PersonId[] who) =>
        new()
        {
            CommandId = Guid.NewGuid(),
            Engagement = new(id),
            Consultants = [.. who],
        };

    public static Propose Propose(string id, PersonId candidate, PersonId? replaces = null, params PersonId[] ladder) =>
        new()
        {
            CommandId = Guid.NewGuid(),
            Engagement = new(id),
            Candidate = candidate,
            Replaces = replaces,
            Ladder = [.. ladder],
            AnswerWithinSeconds = 600,
        };

    public Engagement this[string id] => Roster.Engagements[new(id)];

    /// <summary>Decides a command and, if it is allowed, applies the change as the journal would.</summary>
    public RosterOutcome Decide(RosterCommand command, Actor? by = null)
    {
        var actor = by ?? Coordinator;
        var outcome = RosterRules.Decide(Roster, actor, command, Facts(), Now);
        if (outcome.Change is { } change)
            Happened(change, actor, command.CommandId);
        return outcome;
    }

    /// <summary>Applies an event as the journal would.</summary>
    public void Happened(RosterEvent happened, Actor? by = null, Guid command = default)
    {
        var entry = new JournalEntry<RosterEvent>(++Version, Now, by ?? Actor.System, command, [happened], [], null, [], null);
        Journal.Add(entry);
        Roster = Roster.Apply(entry);
    }

    public void Done(RosterCommand command, Actor? by = null) => Assert.NotNull(Decide(command, by).Change);

    /// <summary>Sets the number of attendees that an engagement expects.</summary>
    public EngagementId With(string id, int attendees)
    {
        Roster = Roster with { Engagements = Roster.Engagements.SetItem(new(id), this[id] with { Attendees = attendees }) };
        return new(id);
    }

    /// <summary>Gives a command that must be refused with a single code, and returns that code.</summary>
    public string Refusal(RosterCommand command, Actor? by = null)
    {
        var outcome = Decide(command, by);
        Assert.Null(outcome.Change);
        return Assert.Single(outcome.Findings.Select(f => f.Code).Distinct());
    }

    public static Actor As(PersonId person) => new(person, Role.Consultant);
}
