using System.Collections.Immutable;
using ConsultHub.Journal;
using ConsultHub.Live;

namespace ConsultHub.Research;

/// <summary>What the board of research shows of one initiative. It is small, because everybody who watches the board gets it.</summary>
[GenerateSerializer, Immutable, Alias("hub.InitiativeItem")]
[JsonTypeName("initiative")]
public sealed record InitiativeItem : TopicItem
{
    public override string Key => $"initiative/{Id}";

    [Id(0)]
    public required InitiativeId Id { get; init; }

    [Id(1)]
    public required InitiativeKind Kind { get; init; }

    [Id(2)]
    public required LocalName Title { get; init; }

    [Id(3)]
    public required InitiativeStage Stage { get; init; }

    [Id(4)]
    public string? Specialty { get; init; }

    [Id(5)]
    public PartnerId? Partner { get; init; }

    [Id(6)]
    public ImmutableArray<HospitalId> Sites { get; init; } = [];

    [Id(7)]
    public ImmutableArray<PersonId> Leads { get; init; } = [];

    /// <summary>The name of the milestone that is due next. Null if all are done.</summary>
    [Id(8)]
    public LocalName? Next { get; init; }

    /// <summary>The day on which it is due, in the network's zone.</summary>
    [Id(9)]
    public DateOnly? NextDue { get; init; }

    /// <summary>How many milestones are late.</summary>
    [Id(10)]
    public int Late { get; init; }

    [Id(11)]
    public int OpenTasks { get; init; }

    /// <summary>The version of the initiative. Pages that show the initiative read it again when this rises.</summary>
    [Id(12)]
    public long Changed { get; init; }

    internal static InitiativeItem Of(Initiative initiative, long version)
    {
        var profile = initiative.Profile;
        var next = initiative
            .Milestones.Where(m => m.Done is null)
            .OrderBy(m => m.Due)
            .ThenBy(m => m.Id, StringComparer.Ordinal)
            .FirstOrDefault();
        return new()
        {
            Id = profile.Id,
            Kind = profile.Kind,
            Title = profile.Title,
            Stage = profile.Stage,
            Specialty = profile.Specialty,
            Partner = profile.Partner,
            Sites = profile.Sites,
            Leads = [.. initiative.Leads],
            Next = next?.Name,
            NextDue = next?.Due,
            Late = Lateness.CountOf(initiative),
            OpenTasks = initiative.Tasks.Count(t => t.Done is null),
            Changed = version,
        };
    }
}

/// <summary>Tells the board of research what it shows of an initiative.</summary>
[GenerateSerializer, Immutable, Alias("hub.TellResearch")]
internal sealed record TellResearch([property: Id(0)] InitiativeItem Item) : OutboxPayload;

/// <summary>Tells the board of research that an initiative was removed.</summary>
[GenerateSerializer, Immutable, Alias("hub.ForgetInitiative")]
internal sealed record ForgetInitiative([property: Id(0)] InitiativeId Initiative) : OutboxPayload;

/// <summary>The live board of all initiatives of a network. The initiatives themselves decide. Key: the network.</summary>
[Alias("hub.IResearchGrain")]
public interface IResearchGrain : ILiveAuthority
{
    /// <summary>The initiatives that a person leads.</summary>
    [Alias("LedBy")]
    Task<ImmutableArray<InitiativeId>> LedByAsync(PersonId person);
}
