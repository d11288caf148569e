using System.Collections;
using System.Collections.Immutable;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace ConsultHub.Web.Limits;

/// <summary>
/// Limits every list that is a member of an object in a JSON body to 500 entries. This holds for all bodies that the framework reads, but
/// not for imported files. A longer list is refused while the body is read, before any rule or grain sees it. Other rules may allow less.
/// </summary>
internal static class BoundedLists
{
    public const int Most = 500;

    private static readonly MethodInfo OfArray = typeof(BoundedLists).GetMethod(
        nameof(CountOfArray),
        BindingFlags.NonPublic | BindingFlags.Static
    )!;

    public static void Check(JsonTypeInfo type)
    {
        if (type.Kind != JsonTypeInfoKind.Object)
            return;
        var lists = type
            .Properties.Where(p => p.Get is not null && IsList(p.PropertyType))
            .Select(p => (p.Name, Get: p.Get!, Count: CountOf(p.PropertyType)))
            .ToArray();
        if (lists.Length == 0)
            return;
        var before = type.OnDeserialized;
        type.OnDeserialized = read =>
        {
            before?.Invoke(read);
            foreach (var (name, get, count) in lists)
                if (get(read) is { } list && count(list) > Most)
                    throw new JsonException($"A list has at most {Most} entries.", $"$.{name}", null, null);
        };
    }

    private static bool IsList(Type type) =>
        type != typeof(string) && (Nullable.GetUnderlyingType(type) ?? type).IsAssignableTo(typeof(IEnumerable));

    private static Func<object, int> CountOf(Type type)
    {
        var list = Nullable.GetUnderlyingType(type) ?? type;
        return list.IsGenericType && list.GetGenericTypeDefinition() == typeof(ImmutableArray<>)
            ? OfArray.MakeGenericMethod(list.GetGenericArguments()).CreateDelegate<Func<object, int>>()
            : static found => found is ICollection known ? known.Count : ((IEnumerable)found).Cast<object?>().Take(Most + 1).Count();
    }

    private static int CountOfArray<T>(object list) => (ImmutableArray<T>)list is { IsDefault: false } array ? array.Length : 0;
}
