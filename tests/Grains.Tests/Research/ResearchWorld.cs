using System.Collections.Immutable;
using ConsultHub.Records;
using ConsultHub.Research;

namespace ConsultHub.Tests.Research;

/// <summary>An initiative with two sites and two leads, for tests.</summary>
internal static class ResearchWorld
{
    public static readonly PersonId Lead = new("p-lead"),
        PartnerLead = new("p-partner-lead"),
        Owner = new("p-owner"),
        Other = new("p-other");

    public static readonly HospitalId North = new("north"),
        South = new("south");

    /// <summary>Noon in Dubai.</summary>
    public static readonly DateTimeOffset Noon = new(2026, 11, 23, 8, 0, 0, TimeSpan.Zero);

    public static readonly DateOnly Today = new(2026, 11, 23);

    public static Actor As(PersonId person, Role role = Role.Consultant) => new(person, role);

    public static InitiativeProfile Profile { get; } =
        new(
            new("heart"),
            new("ehs"),
            InitiativeKind.JointResearch,
            new("Heart study", "دراسة القلب", "심장 연구"),
            null,
            null,
            new("asan"),
            [North, South],
            Lead,
            PartnerLead,
            InitiativeStage.Ethics
        );

    public static Initiative Begun { get; } = new() { Profile = Profile };

    public static Milestone Milestone(string id, int due, int? done = null, params ImmutableArray<string> after) =>
        new(id, new($"Milestone {id}"), Today.AddDays(due), after, done is { } days ? Today.AddDays(days) : null);

    public static EthicsApproval Approval(HospitalId site, ApprovalState state = ApprovalState.Granted) =>
        new(site.Value, site, "Committee", null, state);

    public static InnovationCall Call { get; } = new("call", new("A call"), Noon.AddDays(-1), Noon.AddDays(1));

    public static InnovationProposal Proposal(PersonId by, double hours = 0) =>
        new("proposal", "call", "An idea", "What it is about.", by, Noon.AddHours(hours));

    public static RecordOutcome<Initiative> Put(Initiative? initiative, params ReadOnlySpan<IRecord> records) =>
        RecordRules.Decide(initiative, new(Guid.NewGuid(), [.. records.ToArray().Select(r => RecordEdit.Put(r))]));

    public static Initiative Done(Initiative? initiative, params ReadOnlySpan<IRecord> records)
    {
        var outcome = Put(initiative, records);
        Assert.Empty(outcome.Faults);
        return outcome.After!;
    }

    /// <summary>The code and the field of the only fault.</summary>
    public static (string Code, string? Field) Fault(Initiative? initiative, params ReadOnlySpan<IRecord> records)
    {
        var fault = Assert.Single(Put(initiative, records).Faults);
        Assert.NotEmpty(fault.Message);
        return (fault.Code, fault.Field);
    }
}
