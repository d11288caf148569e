namespace ConsultHub;

/// <summary>The role of a person in the hub. Scopes and further roles will come with accounts.</summary>
public enum Role
{
    Coordinator,
    Consultant,
    Attendee,
    Display,
    System,
}

/// <summary>The person who gives a command, and the role in which the person gives it.</summary>
[GenerateSerializer, Immutable, Alias("hub.Actor")]
public sealed record Actor([property: Id(0)] PersonId Person, [property: Id(1)] Role Role)
{
    /// <summary>The hub itself, which acts on deadlines, escalates alerts and reconciles state.</summary>
    public static Actor System { get; } = new(new PersonId("hub-system"), Role.System);
}

/// <summary>A name in the languages of the hub. The English name is always present and is used where another language is missing.</summary>
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
