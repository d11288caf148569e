using System.Collections;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Orleans.Runtime;
using Orleans.Serialization.Invocation;

namespace ConsultHub.Tests.Releases;

/// <summary>
/// Writes an object as JSON. A member has its id as its name, and a type has its alias, so that their C# names may change between releases.
/// The members of a base type are in <c>base</c>. A value of an enum is written with its number and its name.
/// </summary>
internal sealed class Dump(Wire wire)
{
    private static readonly JsonSerializerOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
    private readonly HashSet<string> _shown = [];

    /// <summary>The enum values and the non-null members that this dump has written so far. See <see cref="Wire.Needs"/>.</summary>
    public IReadOnlySet<string> Shown => _shown;

    public static string TextOf(JsonNode? node) => node?.ToJsonString(Readable) ?? "null";

    /// <param name="known">An earlier dump of the object. A member that is not in it is left out if it has its default value.</param>
    public JsonNode Of(object value, Type place, JsonNode? known = null) => Node(value, place, known)!;

    private JsonNode? Node(object? value, Type place, JsonNode? known)
    {
        place = Nullable.GetUnderlyingType(place) ?? place;
        return value switch
        {
            null => null,
            bool or byte or int or uint or long or double => JsonSerializer.SerializeToNode(value),
            string text => text,
            decimal or Guid => string.Create(CultureInfo.InvariantCulture, $"{value}"),
            TimeSpan span => span.ToString("c", CultureInfo.InvariantCulture),
            DateTimeOffset or DateOnly or TimeOnly => string.Create(CultureInfo.InvariantCulture, $"{value:O}"),
            GrainId grain => grain.ToString(),
            Enum one => EnumValue(one),
            GrainReference reference => $"{reference.InterfaceType} {reference.GrainId}",
            Exception exception => exception.Message,
            IInvokable call => Call(call, known),
            IEnumerable<byte> bytes => Convert.ToBase64String([.. bytes]),
            _ when Wire.IsWritten(value.GetType()) => Written(value, place, known as JsonObject),
            IDictionary entries => Entries(entries, place, known as JsonArray),
            IEnumerable items => Items(items, place, known as JsonArray),
            _ => throw new NotSupportedException($"{nameof(Dump)} cannot write a {value.GetType()} yet."),
        };
    }

    private JsonValue EnumValue(Enum value)
    {
        _shown.Add(Wire.ItemOf(value));
        return JsonValue.Create(string.Create(CultureInfo.InvariantCulture, $"{value:D} {value:G}"));
    }

    private JsonObject Call(IInvokable call, JsonNode? known)
    {
        var method = call.GetMethod();
        var dump = new JsonObject();
        foreach (var (index, parameter) in method.GetParameters().Index())
        {
            var id = index.ToString(CultureInfo.InvariantCulture);
            var type = parameter.ParameterType;
            var value = Node(call.GetArgument(index), type, known?[id]?["value"]);
            if (value is not null || known is null || known[id] is not null)
                dump[id] = new JsonObject { ["type"] = wire.NameOf(type.IsEnum ? type.GetEnumUnderlyingType() : type), ["value"] = value };
        }
        dump["result"] = Wire.ResultOf(method) is { } result ? wire.NameOf(result) : null;
        return dump;
    }

    private JsonObject Written(object value, Type place, JsonObject? known)
    {
        var type = value.GetType();
        var fresh = Member.Fresh(type);
        var dump = new JsonObject();
        if (type != place)
            dump["type"] = wire.NameOf(type);
        var (into, knownLevel) = (dump, known);
        foreach (var level in Member.Levels(type))
        {
            if (level != type)
            {
                knownLevel = knownLevel?["base"] as JsonObject ?? (known is null ? null : []);
                into["base"] = into = [];
            }
            foreach (var member in Member.DeclaredBy(level))
            {
                var isKnown = knownLevel is null || knownLevel.ContainsKey(member.Id);
                var written = Node(member.Of(value), member.Type, knownLevel?[member.Id]);
                if (isKnown && written is not null)
                    _shown.Add(wire.ItemOf(level, member));
                if (isKnown || !JsonNode.DeepEquals(written, Node(member.Of(fresh), member.Type, null)))
                    into[member.Id] = written;
            }
        }
        return dump;
    }

    /// <summary>Writes the entries sorted by the texts of their keys, because a dictionary has another order in each process.</summary>
    private JsonArray Entries(IDictionary entries, Type place, JsonArray? known)
    {
        var arguments = place.GetGenericArguments();
        return
        [
            .. entries
                .Keys.Cast<object>()
                .Select(key => (Key: Node(key, arguments[0], null), Value: entries[key]))
                .OrderBy(e => TextOf(e.Key), StringComparer.Ordinal)
                .Select((e, i) => new JsonArray(e.Key, Node(e.Value, arguments[1], At(known, i)?[1]))),
        ];
    }

    private JsonArray Items(IEnumerable items, Type place, JsonArray? known)
    {
        if (items.GetType().GetProperty("IsDefault")?.GetValue(items) is true)
            return [];
        var all = items.Cast<object?>().Select((item, i) => Node(item, place.GetGenericArguments()[0], At(known, i)));
        return place.GetInterfaces().Any(i => i.IsGenericType && i.GetGenericTypeDefinition() == typeof(IReadOnlySet<>))
            ? [.. all.OrderBy(TextOf, StringComparer.Ordinal)]
            : [.. all];
    }

    private static JsonNode? At(JsonArray? known, int index) => known is not null && index < known.Count ? known[index] : null;
}
