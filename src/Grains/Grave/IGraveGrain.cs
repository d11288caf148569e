using System.Collections.Immutable;

namespace ConsultHub.Grave;

/// <summary>The grave changes that the other administrators are told of.</summary>
public enum GraveAct
{
    /// <summary>A change without a sentence of its own.</summary>
    Other,
    AccountOpened,
    AccountChanged,
    AccountSwitchedOff,
    AccountSwitchedOn,
    RoleGiven,

    /// <summary>The period of a role was changed.</summary>
    RoleChanged,
    RoleTaken,
    LinkMade,
    FactorReset,
    DeviceLinkMade,
    IdentityLinked,
    IdentityRemoved,
    TokenMade,
    KeysRenewed,
    CreditRulesChanged,
    PeopleExported,
    PeopleImported,
}

/// <summary>One grave change.</summary>
/// <param name="By">Who made it.</param>
/// <param name="ByName">The name of this person.</param>
/// <param name="Count">How many things it changed. At least 1.</param>
/// <param name="About">The person whom it is about. Null if it is about no person, or about several.</param>
/// <param name="AboutName">The name of this person.</param>
/// <param name="Role">The role that was given or taken away.</param>
/// <param name="Thing">What else it is about, such as a network or a conference.</param>
/// <param name="Action">The name of the right that the change needs. Null if it needs none.</param>
[GenerateSerializer, Immutable, Alias("hub.GraveChange")]
public sealed record GraveChange(
    [property: Id(0)] GraveAct Act,
    [property: Id(1)] PersonId By,
    [property: Id(2)] LocalName ByName,
    [property: Id(3)] int Count = 1,
    [property: Id(4)] PersonId? About = null,
    [property: Id(5)] LocalName? AboutName = null,
    [property: Id(6)] Role? Role = null,
    [property: Id(7)] string? Thing = null,
    [property: Id(8)] string? Action = null
);

/// <summary>The changes of one kind that one person has made within one minute.</summary>
/// <param name="At">When the first of them was made.</param>
/// <param name="Until">When the minute ends. Later changes are not added.</param>
[GenerateSerializer, Immutable, Alias("hub.GraveMinute")]
public sealed record GraveMinute(
    [property: Id(0)] GraveChange Change,
    [property: Id(1)] DateTimeOffset At,
    [property: Id(2)] DateTimeOffset Until
)
{
    /// <summary>The same for all changes of one kind by one person in one minute.</summary>
    public string Id => $"grave.{Change.Act}.{Change.By}.{At.ToUnixTimeSeconds()}".ToLowerInvariant();
}

/// <summary>
/// Tells administrators of grave changes that others have made. The grain stores each change together with the messages to the inboxes
/// before it answers. Several changes of one kind by one person within a minute share one alert, which counts them. Key: <c>hub</c>.
/// </summary>
[Alias("hub.IGraveGrain")]
public interface IGraveGrain : IGrainWithStringKey
{
    /// <param name="people">The administrators who are told. At most 200 of them are.</param>
    /// <returns>All changes of this kind by this person in this minute, including this one.</returns>
    [Alias("Tell")]
    Task<GraveMinute> TellAsync(GraveChange change, ImmutableArray<PersonId> people);
}
