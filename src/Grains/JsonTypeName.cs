using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace ConsultHub;

/// <summary>
/// Gives a record the value of its JSON member <c>type</c>. The value distinguishes the record from other records with the same base type.
/// The base type has <see cref="JsonPolymorphicAttribute"/> and does not list the records.
/// </summary>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class JsonTypeNameAttribute(string name) : Attribute
{
    public string Name => name;

    /// <summary>
    /// Registers for JSON the types that derive from a base type. A command without a name is for the hub's own use and cannot be sent from
    /// outside. Each topic item needs a name, because browsers could not read the item otherwise.
    /// </summary>
    /// <exception cref="InvalidOperationException">A topic item has no name, or two types with one base have the same name.</exception>
    internal static void AddDerivedTypes(JsonTypeInfo type)
    {
        if (type.PolymorphismOptions is not { DerivedTypes.Count: 0 } options)
            return;
        var derived = type.Type.Assembly.GetTypes().Where(t => t.IsSubclassOf(type.Type) && !t.IsAbstract);
        foreach (var (one, named) in derived.Select(t => (t, NameOf(t, type.Type))).OrderBy(t => t.Item2, StringComparer.Ordinal))
        {
            if (named is null)
                continue;
            if (options.DerivedTypes.FirstOrDefault(d => Equals(d.TypeDiscriminator, named)) is { DerivedType: { } other })
                throw new InvalidOperationException($"{one.Name} and {other.Name} have the same JSON type name, {named}.");
            options.DerivedTypes.Add(new JsonDerivedType(one, named));
        }
    }

    private static string? NameOf(Type type, Type @base)
    {
        var name = type.GetCustomAttributes(typeof(JsonTypeNameAttribute), false).Cast<JsonTypeNameAttribute>().FirstOrDefault()?.Name;
        return name is null && @base == typeof(Live.TopicItem)
            ? throw new InvalidOperationException($"The topic item {type.Name} has no [JsonTypeName], so no browser could read it.")
            : name;
    }
}
