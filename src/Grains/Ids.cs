using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.RegularExpressions;

namespace ConsultHub;

/// <summary>
/// A short text key of 1 to 80 characters: lower-case letters, digits, dot, dash and underscore. It starts with a letter or a digit.
/// </summary>
public interface ITextId<TSelf> : IParsable<TSelf>
    where TSelf : struct, ITextId<TSelf>
{
    string Value { get; }
    static abstract TSelf Of(string value);
}

/// <summary>Parses and checks all text keys.</summary>
public static partial class TextId
{
    [GeneratedRegex(@"^[a-z0-9][a-z0-9._-]{0,79}\z")]
    private static partial Regex Shape();

    public static bool IsValid([NotNullWhen(true)] string? value) => value is not null && Shape().IsMatch(value);

    /// <exception cref="FormatException">The text is not a valid key.</exception>
    public static T Parse<T>(string value)
        where T : struct, ITextId<T> =>
        IsValid(value) ? T.Of(value) : throw new FormatException($"'{value}' is not a valid {typeof(T).Name}.");

    public static bool TryParse<T>([NotNullWhen(true)] string? value, out T id)
        where T : struct, ITextId<T>
    {
        var valid = IsValid(value);
        id = valid ? T.Of(value!) : default;
        return valid;
    }
}

/// <summary>The key of a hospital organisation that hosts consultants.</summary>
[GenerateSerializer, Immutable, Alias("hub.NetworkId"), JsonConverter(typeof(TextIdJsonConverter<NetworkId>))]
public readonly record struct NetworkId([property: Id(0)] string Value) : ITextId<NetworkId>
{
    public static NetworkId Of(string value) => new(value);

    public static NetworkId Parse(string s, IFormatProvider? provider = null) => TextId.Parse<NetworkId>(s);

    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, out NetworkId result) =>
        TextId.TryParse(s, out result);

    public override string ToString() => Value;
}

/// <summary>The key of an institution that sends consultants.</summary>
[GenerateSerializer, Immutable, Alias("hub.PartnerId"), JsonConverter(typeof(TextIdJsonConverter<PartnerId>))]
public readonly record struct PartnerId([property: Id(0)] string Value) : ITextId<PartnerId>
{
    public static PartnerId Of(string value) => new(value);

    public static PartnerId Parse(string s, IFormatProvider? provider = null) => TextId.Parse<PartnerId>(s);

    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, out PartnerId result) =>
        TextId.TryParse(s, out result);

    public override string ToString() => Value;
}

/// <summary>The key of a hospital, which is a site of a network.</summary>
[GenerateSerializer, Immutable, Alias("hub.HospitalId"), JsonConverter(typeof(TextIdJsonConverter<HospitalId>))]
public readonly record struct HospitalId([property: Id(0)] string Value) : ITextId<HospitalId>
{
    public static HospitalId Of(string value) => new(value);

    public static HospitalId Parse(string s, IFormatProvider? provider = null) => TextId.Parse<HospitalId>(s);

    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, out HospitalId result) =>
        TextId.TryParse(s, out result);

    public override string ToString() => Value;
}

/// <summary>The key of a room that can be booked in a hospital.</summary>
[GenerateSerializer, Immutable, Alias("hub.RoomId"), JsonConverter(typeof(TextIdJsonConverter<RoomId>))]
public readonly record struct RoomId([property: Id(0)] string Value) : ITextId<RoomId>
{
    public static RoomId Of(string value) => new(value);

    public static RoomId Parse(string s, IFormatProvider? provider = null) => TextId.Parse<RoomId>(s);

    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, out RoomId result) =>
        TextId.TryParse(s, out result);

    public override string ToString() => Value;
}

/// <summary>The key of a person. A consultant's id is a person's id.</summary>
[GenerateSerializer, Immutable, Alias("hub.PersonId"), JsonConverter(typeof(TextIdJsonConverter<PersonId>))]
public readonly record struct PersonId([property: Id(0)] string Value) : ITextId<PersonId>
{
    public static PersonId Of(string value) => new(value);

    public static PersonId Parse(string s, IFormatProvider? provider = null) => TextId.Parse<PersonId>(s);

    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, out PersonId result) =>
        TextId.TryParse(s, out result);

    public override string ToString() => Value;
}

/// <summary>The key of one timed engagement in a roster.</summary>
[GenerateSerializer, Immutable, Alias("hub.EngagementId"), JsonConverter(typeof(TextIdJsonConverter<EngagementId>))]
public readonly record struct EngagementId([property: Id(0)] string Value) : ITextId<EngagementId>
{
    public static EngagementId Of(string value) => new(value);

    public static EngagementId Parse(string s, IFormatProvider? provider = null) => TextId.Parse<EngagementId>(s);

    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, out EngagementId result) =>
        TextId.TryParse(s, out result);

    public override string ToString() => Value;
}

/// <summary>The key of a conference.</summary>
[GenerateSerializer, Immutable, Alias("hub.ConferenceId"), JsonConverter(typeof(TextIdJsonConverter<ConferenceId>))]
public readonly record struct ConferenceId([property: Id(0)] string Value) : ITextId<ConferenceId>
{
    public static ConferenceId Of(string value) => new(value);

    public static ConferenceId Parse(string s, IFormatProvider? provider = null) => TextId.Parse<ConferenceId>(s);

    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, out ConferenceId result) =>
        TextId.TryParse(s, out result);

    public override string ToString() => Value;
}

/// <summary>The key of one timed item in the programme of a conference.</summary>
[GenerateSerializer, Immutable, Alias("hub.SessionId"), JsonConverter(typeof(TextIdJsonConverter<SessionId>))]
public readonly record struct SessionId([property: Id(0)] string Value) : ITextId<SessionId>
{
    public static SessionId Of(string value) => new(value);

    public static SessionId Parse(string s, IFormatProvider? provider = null) => TextId.Parse<SessionId>(s);

    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, out SessionId result) =>
        TextId.TryParse(s, out result);

    public override string ToString() => Value;
}

/// <summary>The key of an education programme, such as a fellowship. It is not the programme of a conference.</summary>
[GenerateSerializer, Immutable, Alias("hub.ProgrammeId"), JsonConverter(typeof(TextIdJsonConverter<ProgrammeId>))]
public readonly record struct ProgrammeId([property: Id(0)] string Value) : ITextId<ProgrammeId>
{
    public static ProgrammeId Of(string value) => new(value);

    public static ProgrammeId Parse(string s, IFormatProvider? provider = null) => TextId.Parse<ProgrammeId>(s);

    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, out ProgrammeId result) =>
        TextId.TryParse(s, out result);

    public override string ToString() => Value;
}

/// <summary>The key of one stay of a consultant.</summary>
[GenerateSerializer, Immutable, Alias("hub.VisitId"), JsonConverter(typeof(TextIdJsonConverter<VisitId>))]
public readonly record struct VisitId([property: Id(0)] string Value) : ITextId<VisitId>
{
    public static VisitId Of(string value) => new(value);

    public static VisitId Parse(string s, IFormatProvider? provider = null) => TextId.Parse<VisitId>(s);

    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, out VisitId result) =>
        TextId.TryParse(s, out result);

    public override string ToString() => Value;
}

/// <summary>The key of a research initiative of a network.</summary>
[GenerateSerializer, Immutable, Alias("hub.InitiativeId"), JsonConverter(typeof(TextIdJsonConverter<InitiativeId>))]
public readonly record struct InitiativeId([property: Id(0)] string Value) : ITextId<InitiativeId>
{
    public static InitiativeId Of(string value) => new(value);

    public static InitiativeId Parse(string s, IFormatProvider? provider = null) => TextId.Parse<InitiativeId>(s);

    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, out InitiativeId result) =>
        TextId.TryParse(s, out result);

    public override string ToString() => Value;
}

/// <summary>The key of a procedure that a hospital has agreed with those who visit it. It is unique in the hospital.</summary>
[GenerateSerializer, Immutable, Alias("hub.ProcedureId"), JsonConverter(typeof(TextIdJsonConverter<ProcedureId>))]
public readonly record struct ProcedureId([property: Id(0)] string Value) : ITextId<ProcedureId>
{
    public static ProcedureId Of(string value) => new(value);

    public static ProcedureId Parse(string s, IFormatProvider? provider = null) => TextId.Parse<ProcedureId>(s);

    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, out ProcedureId result) =>
        TextId.TryParse(s, out result);

    public override string ToString() => Value;
}

/// <summary>Writes a key as a JSON string. Reading refuses text that is not a valid key.</summary>
public sealed class TextIdJsonConverter<T> : JsonConverter<T>
    where T : struct, ITextId<T>
{
    public override T Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        TextId.TryParse<T>(reader.GetString(), out var id) ? id : throw new JsonException($"This is not a valid {typeof(T).Name}.");

    public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options) => writer.WriteStringValue(value.Value);

    public override T ReadAsPropertyName(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        Read(ref reader, typeToConvert, options);

    public override void WriteAsPropertyName(Utf8JsonWriter writer, T value, JsonSerializerOptions options) =>
        writer.WritePropertyName(value.Value);
}
