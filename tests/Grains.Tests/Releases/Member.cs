using System.Globalization;
using System.Reflection;
using System.Runtime.CompilerServices;

namespace ConsultHub.Tests.Releases;

/// <summary>A member that Orleans writes. It is identified by its <see cref="IdAttribute"/> and not by its C# name.</summary>
/// <param name="Id">Unique within one level of inheritance.</param>
internal sealed record Member(string Id, PropertyInfo Property)
{
    private const BindingFlags Any = BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic;

    public Type Type => Property.PropertyType;

    public object? Of(object owner) => Property.GetValue(owner);

    /// <summary>Sets the member's field directly and calls no setter, as the generated serializers do.</summary>
    public void Set(object owner, object? value) =>
        Property.DeclaringType!.GetField($"<{Property.Name}>k__BackingField", Any)!.SetValue(owner, value);

    /// <summary>The type itself, and then those of its base types that Orleans writes.</summary>
    public static IEnumerable<Type> Levels(Type type)
    {
        for (var level = type; level is not null && Wire.IsWritten(level); level = level.BaseType)
            yield return level;
    }

    /// <summary>The members that one level declares, by id.</summary>
    public static IEnumerable<Member> DeclaredBy(Type level) =>
        level
            .GetProperties(Any | BindingFlags.DeclaredOnly)
            .Select(p => (Property: p, p.GetCustomAttribute<IdAttribute>(inherit: false)?.Id))
            .Where(p => p.Id is not null)
            .OrderBy(p => p.Id)
            .Select(p => new Member(p.Id!.Value.ToString(CultureInfo.InvariantCulture), p.Property));

    /// <summary>Creates an object with the values that it has before a payload is read into it.</summary>
    public static object Fresh(Type type) =>
        type.GetConstructor(Any, []) is { } constructor ? constructor.Invoke([]) : RuntimeHelpers.GetUninitializedObject(type);
}
