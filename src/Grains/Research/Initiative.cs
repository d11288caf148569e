using System.Collections.Immutable;
using System.Text.Json.Serialization;
using ConsultHub.Records;

namespace ConsultHub.Research;

/// <summary>A milestone whose due day ended before it was done, and what became of the alert about it.</summary>
/// <param name="ToldAt">UTC. When the leads were told.</param>
/// <param name="Acknowledged">Whether a lead has acknowledged the alert.</param>
/// <param name="Escalated">Whether the coordinator on call was told too.</param>
[GenerateSerializer, Immutable, Alias("hub.LateMilestone")]
public sealed record LateMilestone(
    [property: Id(0)] string Milestone,
    [property: Id(1)] DateOnly Due,
    [property: Id(2)] DateTimeOffset ToldAt,
    [property: Id(3)] bool Acknowledged = false,
    [property: Id(4)] bool Escalated = false
);

/// <summary>
/// A joint initiative of a network and its partners: research, an innovation programme, or shared infrastructure. It holds no research data
/// and nothing about patients or participants.
/// </summary>
[GenerateSerializer, Immutable, Alias("hub.Initiative")]
public sealed record Initiative : IProfile<Initiative>
{
    private const int MostMilestones = 200,
        MostTasks = 500,
        MostApprovals = 200,
        MostPapers = 200,
        MostOutputs = 500,
        MostResources = 200,
        MostCalls = 50,
        MostProposals = 1_000,
        MostLate = 500,
        MostMeetings = 500;

    [Id(0)]
    public required InitiativeProfile Profile { get; init; }

    [Id(1)]
    public ImmutableArray<Milestone> Milestones { get; init; } = [];

    [Id(2)]
    public ImmutableArray<ResearchTask> Tasks { get; init; } = [];

    [Id(3)]
    public ImmutableArray<EthicsApproval> Approvals { get; init; } = [];

    [Id(4)]
    public ImmutableArray<Paper> Papers { get; init; } = [];

    [Id(5)]
    public ImmutableArray<ResearchOutput> Outputs { get; init; } = [];

    [Id(6)]
    public ImmutableArray<SharedResource> Resources { get; init; } = [];

    [Id(7)]
    public ImmutableArray<InnovationCall> Calls { get; init; } = [];

    [Id(8)]
    public ImmutableArray<InnovationProposal> Proposals { get; init; } = [];

    [Id(9)]
    public ImmutableArray<ProposalDecision> Decisions { get; init; } = [];

    /// <summary>The due days of which the leads were told, each once. The oldest are forgotten beyond 500.</summary>
    [Id(10)]
    public ImmutableArray<LateMilestone> Late { get; init; } = [];

    [Id(11)]
    public long Version { get; init; }

    /// <summary>The meetings in the order of their starts. The oldest are forgotten beyond 500.</summary>
    [Id(12)]
    public ImmutableArray<Meeting> Meetings
    {
        get => field.IsDefault ? [] : field; // earlier releases stored none
        init;
    } = [];

    /// <summary>The people who lead the initiative, on both sides.</summary>
    [JsonIgnore]
    public IEnumerable<PersonId> Leads => ((IEnumerable<PersonId?>)[Profile.Lead, Profile.PartnerLead]).OfType<PersonId>().Distinct();

    IEnumerable<IRecord> IProfile.Records =>
        [Profile, .. Milestones, .. Tasks, .. Approvals, .. Papers, .. Outputs, .. Resources, .. Calls, .. Proposals, .. Decisions];

    static Initiative? IProfile<Initiative>.With(Initiative? profile, RecordId record, IRecord? value) =>
        (profile, record.Part, value) switch
        {
            (null, "profile", InitiativeProfile own) => new() { Profile = own },
            (not null, "profile", InitiativeProfile own) => profile with
            {
                Profile = own,
                // New leads are told of what is late and nobody has acknowledged.
                Late =
                    (own.Lead, own.PartnerLead) == (profile.Profile.Lead, profile.Profile.PartnerLead)
                        ? profile.Late
                        : profile.Late.RemoveAll(l => l is { Acknowledged: false, Escalated: false }),
            },
            (null, _, _) or (_, "profile", _) => null,
            (_, Milestone.Part, _) => profile with { Milestones = profile.Milestones.With(record, value) },
            (_, ResearchTask.Part, _) => profile with { Tasks = profile.Tasks.With(record, value) },
            (_, EthicsApproval.Part, _) => profile with { Approvals = profile.Approvals.With(record, value) },
            (_, Paper.Part, _) => profile with { Papers = profile.Papers.With(record, value) },
            (_, ResearchOutput.Part, _) => profile with { Outputs = profile.Outputs.With(record, value) },
            (_, SharedResource.Part, _) => profile with { Resources = profile.Resources.With(record, value) },
            (_, InnovationCall.Part, _) => profile with { Calls = profile.Calls.With(record, value) },
            (_, InnovationProposal.Part, _) => profile with { Proposals = profile.Proposals.With(record, value) },
            (_, ProposalDecision.Part, _) => profile with { Decisions = profile.Decisions.With(record, value) },
            _ => profile,
        };

    static IEnumerable<RecordFault> IProfile<Initiative>.FaultsOf(Initiative profile) =>
        [
            .. RecordRules.TooMany(profile.Milestones, MostMilestones),
            .. RecordRules.TooMany(profile.Tasks, MostTasks),
            .. RecordRules.TooMany(profile.Approvals, MostApprovals),
            .. RecordRules.TooMany(profile.Papers, MostPapers),
            .. RecordRules.TooMany(profile.Outputs, MostOutputs),
            .. RecordRules.TooMany(profile.Resources, MostResources),
            .. RecordRules.TooMany(profile.Calls, MostCalls),
            .. RecordRules.TooMany(profile.Proposals, MostProposals),
            .. ResearchRules.FaultsOf(profile),
        ];

    /// <summary>Returns the initiative with new facts about late milestones. They replace those about the same due days.</summary>
    internal Initiative WithLate(ImmutableArray<LateMilestone> late)
    {
        var all = Late.RemoveAll(l => late.Any(n => n.Milestone == l.Milestone && n.Due == l.Due)).AddRange(late);
        return this with { Late = all.RemoveRange(0, Math.Max(0, all.Length - MostLate)) };
    }

    /// <summary>Returns the initiative with a meeting as the roster has told it.</summary>
    internal Initiative With(Meeting meeting)
    {
        var others = Meetings.RemoveAll(m => m.Engagement == meeting.Engagement);
        ImmutableArray<Meeting> all =
        [
            .. others.Add(meeting).OrderBy(m => m.Start).ThenBy(m => m.Engagement.Value, StringComparer.Ordinal),
        ];
        return this with { Meetings = all.RemoveRange(0, Math.Max(0, all.Length - MostMeetings)) };
    }
}
