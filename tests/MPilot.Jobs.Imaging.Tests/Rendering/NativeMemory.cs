using System.Runtime.InteropServices;

using MPilot.Jobs.Imaging.Vips;

namespace MPilot.Jobs.Imaging.Tests.Rendering;

/// <summary>What libvips says that it holds.</summary>
internal static class NativeMemory
{
    private static readonly nint Library = NativeLibrary.Load(VipsNative.Vips);

    private delegate int Count();

    private delegate nuint Bytes();

    public static int Allocations => Function<Count>("vips_tracked_get_allocs")();

    public static long Held => (long)Function<Bytes>("vips_tracked_get_mem")();

    /// <summary>The most held since the process started.</summary>
    public static long Most => (long)Function<Bytes>("vips_tracked_get_mem_highwater")();

    private static T Function<T>(string name)
        where T : Delegate
        => Marshal.GetDelegateForFunctionPointer<T>(NativeLibrary.GetExport(Library, name));
}
