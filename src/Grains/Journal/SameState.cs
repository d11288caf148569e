using System.Collections;
using System.Collections.Concurrent;
using System.Reflection;
using System.Runtime.CompilerServices;

namespace ConsultHub.Journal;

/// <summary>
/// Compares those parts of two values that are stored: the members with an <see cref="IdAttribute"/>. The order in dictionaries and sets
/// does not matter. The built-in equality of records is not enough, because for it two immutable collections are equal only if they are the
/// same object.
/// </summary>
internal static class SameState
{
    private static readonly ConcurrentDictionary<Type, PropertyInfo[]> Members = new();

    /// <summary>The path of the first difference, such as <c>.Engagements[e-1].Start</c>, or null if there is none.</summary>
    public static string? Difference(object? one, object? other) => Difference(one, other, "");

    private static string? Difference(object? one, object? other, string at)
    {
        (one, other) = (OrEmpty(one), OrEmpty(other));
        if (Equals(one, other))
            return null;
        if (one is null || other is null || one.GetType() != other.GetType())
            return at;
        if (one is string)
            return at;
        if (one is IDictionary pairs)
            return InPairs(pairs, (IDictionary)other, at);
        if (IsSet(one))
            return Set(one).SetEquals(Set(other)) ? null : at;
        if (one is IEnumerable items)
            return InItems(items, (IEnumerable)other, at);
        if (one is ITuple tuple)
            return InItems(Items(tuple), Items((ITuple)other), at);
        var members = Members.GetOrAdd(one.GetType(), MembersOf);
        if (members.Length == 0)
            return one.GetType().IsDefined(typeof(GenerateSerializerAttribute), inherit: false) ? null : at;
        foreach (var member in members)
            if (Difference(member.GetValue(one), member.GetValue(other), $"{at}.{member.Name}") is { } found)
                return found;
        return null;
    }

    private static string? InPairs(IDictionary one, IDictionary other, string at)
    {
        foreach (DictionaryEntry pair in one)
            if (!other.Contains(pair.Key) || Difference(pair.Value, other[pair.Key], $"{at}[{pair.Key}]") is not null)
                return other.Contains(pair.Key) ? Difference(pair.Value, other[pair.Key], $"{at}[{pair.Key}]") : $"{at}[{pair.Key}]";
        return one.Count == other.Count ? null : at;
    }

    private static string? InItems(IEnumerable one, IEnumerable other, string at)
    {
        List<object?> first = [.. one],
            second = [.. other];
        if (first.Count != second.Count)
            return at;
        for (var i = 0; i < first.Count; i++)
            if (Difference(first[i], second[i], $"{at}[{i}]") is { } found)
                return found;
        return null;
    }

    /// <summary>
    /// Returns an empty array if the value is an immutable array that was never set, because the serializer stores both in the same way.
    /// </summary>
    private static object? OrEmpty(object? value) =>
        value is IStructuralEquatable and IList
        && value.GetType() is { IsValueType: true, IsGenericType: true } type
        && type.GetProperty("IsDefault")?.GetValue(value) is true
            ? type.GetField("Empty")?.GetValue(null)
            : value;

    private static bool IsSet(object value) =>
        value.GetType().GetInterfaces().Any(i => i.IsGenericType && i.GetGenericTypeDefinition() == typeof(IReadOnlySet<>));

    private static HashSet<object?> Set(object value) => [.. (IEnumerable)value];

    private static IEnumerable<object?> Items(ITuple tuple) => Enumerable.Range(0, tuple.Length).Select(i => tuple[i]);

    private static PropertyInfo[] MembersOf(Type type)
    {
        List<PropertyInfo> members = [];
        for (var level = type; level is not null; level = level.BaseType)
            members.AddRange(
                level
                    .GetProperties(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly)
                    .Where(p => p.IsDefined(typeof(IdAttribute), inherit: false))
            );
        return [.. members];
    }
}
