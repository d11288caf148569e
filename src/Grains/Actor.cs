namespace ConsultHub;

/// <summary>What a person may be in the hub. Scopes and further roles come with accounts.</summary>
public enum Role
{
    Coordinator,
    Consultant,
    Attendee,
    Display,
    System,
}

/// <summary>Who gives a command.</summary>
[GenerateSerializer, Immutable, Alias("hub.Actor")]
public sealed record Actor([property: Id(0)] PersonId Person, [property: Id(1)] Role Role)
{
    /// <summary>The hub itself: deadlines, ladders, reconciliation.</summary>
    public static Actor System { get; } = new(new PersonId("hub-system"), Role.System);
}

/// <summary>A name in the languages of the hub. English is always present; the others fall back to it.</summary>
[GenerateSerializer, Immutable, Alias("hub.LocalName")]
public sealed record LocalName([property: Id(0)] string En, [property: Id(1)] string? Ar = null, [property: Id(2)] string? Ko = null)
{
    /// <param name="language"><c>en</c>, <c>ar</c> or <c>ko</c>.</param>
    public string In(string language) =>
        language switch
        {
            "ar" => Ar ?? En,
            "ko" => Ko ?? En,
            _ => En,
        };
}
