namespace ConsultHub.Web;

/// <summary>Something that a person may or may not do. Features declare their actions. <see cref="Access"/> says who may do them.</summary>
/// <param name="Name">For example <c>roster.plan</c>.</param>
public sealed record AccessAction(string Name);

/// <summary>
/// What an action is about, as far as rights depend on it. A part is null if the thing has no such part or if it is not known. A right that
/// depends on an unknown part is refused.
/// </summary>
public readonly record struct Subject(NetworkId? Network)
{
    public HospitalId? Hospital { get; init; }

    /// <summary>The partner institution whose consultants the thing concerns.</summary>
    public PartnerId? Partner { get; init; }

    public ConferenceId? Conference { get; init; }

    public SessionId? Session { get; init; }

    /// <summary>The person to whom the thing belongs.</summary>
    public PersonId? Person { get; init; }
}

/// <summary>Where a role's right to an action holds.</summary>
public enum Reach
{
    /// <summary>Everywhere in the hub.</summary>
    Hub,

    /// <summary>In the network of the grant. If the grant is limited to hospitals or a partner, only there.</summary>
    Network,

    /// <summary>In the network of the grant, even if the grant is limited to a part of it.</summary>
    AtLarge,

    /// <summary>In the conference of the grant, even if the grant is limited to a session. Without a conference, in the network.</summary>
    Conference,

    /// <summary>In the conference or the session of the grant. Without a conference, in the network.</summary>
    Session,

    /// <summary>For what belongs to the person.</summary>
    Own,
}

/// <summary>The thing in a route. It tells <see cref="Access"/> how to find the thing's network.</summary>
public enum Thing
{
    /// <summary>The rule depends on no thing, or the handler checks the thing itself.</summary>
    None,

    /// <summary>The network that the route or the query names as <c>network</c>.</summary>
    Network,

    /// <summary>The person that the route names as <c>person</c>.</summary>
    Person,

    /// <summary>The conference that the route names as <c>id</c>.</summary>
    Conference,

    /// <summary>The lecture that the route names as <c>session</c>.</summary>
    Lecture,
}
