using System.Runtime.InteropServices;

namespace MPilot.Jobs.Imaging.Vips;

/// <summary>The C functions used of libvips and of the object system below it; none of them takes variable arguments.</summary>
internal static unsafe partial class VipsNative
{
    public const string Vips = "libvips.so.42";
    public const string GObject = "libgobject-2.0.so.0";
    public const string GLib = "libglib-2.0.so.0";

    [LibraryImport(GLib, EntryPoint = "g_setenv", StringMarshalling = StringMarshalling.Utf8)]
    public static partial int SetVariable(string name, string value, int overwrite);

    [LibraryImport(Vips, EntryPoint = "vips_init", StringMarshalling = StringMarshalling.Utf8)]
    public static partial int Start(string programName);

    [LibraryImport(Vips, EntryPoint = "vips_block_untrusted_set")]
    public static partial void BlockUntrusted(int state);

    [LibraryImport(Vips, EntryPoint = "vips_operation_block_set", StringMarshalling = StringMarshalling.Utf8)]
    public static partial void BlockOperation(string className, int state);

    [LibraryImport(Vips, EntryPoint = "vips_concurrency_set")]
    public static partial void SetConcurrency(int threads);

    [LibraryImport(Vips, EntryPoint = "vips_cache_set_max")]
    public static partial void SetCacheSize(int operations);

    [LibraryImport(Vips, EntryPoint = "vips_thread_shutdown")]
    public static partial void EndThread();

    [LibraryImport(Vips, EntryPoint = "vips_error_buffer_copy")]
    public static partial nint TakeError();

    [LibraryImport(Vips, EntryPoint = "vips_operation_new", StringMarshalling = StringMarshalling.Utf8)]
    public static partial nint NewOperation(string name);

    [LibraryImport(Vips, EntryPoint = "vips_cache_operation_build")]
    public static partial nint Build(nint operation);

    [LibraryImport(Vips, EntryPoint = "vips_object_unref_outputs")]
    public static partial void DropOutputs(nint operation);

    [LibraryImport(Vips, EntryPoint = "vips_image_get_width")]
    public static partial int Width(VipsImage image);

    [LibraryImport(Vips, EntryPoint = "vips_image_get_height")]
    public static partial int Height(VipsImage image);

    [LibraryImport(Vips, EntryPoint = "vips_image_get_bands")]
    public static partial int Bands(VipsImage image);

    [LibraryImport(Vips, EntryPoint = "vips_image_get_interpretation")]
    public static partial int Interpretation(VipsImage image);

    [LibraryImport(Vips, EntryPoint = "vips_image_hasalpha")]
    public static partial int HasAlpha(VipsImage image);

    [LibraryImport(Vips, EntryPoint = "vips_image_get_typeof", StringMarshalling = StringMarshalling.Utf8)]
    public static partial nuint TypeOfField(VipsImage image, string field);

    [LibraryImport(Vips, EntryPoint = "vips_image_copy_memory")]
    public static partial nint CopyToMemory(VipsImage image);

    [LibraryImport(Vips, EntryPoint = "vips_image_get_data")]
    public static partial byte* Pixels(VipsImage image);

    [LibraryImport(Vips, EntryPoint = "vips_array_double_get_type")]
    public static partial nuint ArrayOfDoubleType();

    [LibraryImport(Vips, EntryPoint = "vips_value_set_array_double")]
    public static partial void SetArrayOfDouble(ref GValue value, ReadOnlySpan<double> values, int count);

    [LibraryImport(Vips, EntryPoint = "vips_array_int_get_type")]
    public static partial nuint ArrayOfIntType();

    [LibraryImport(Vips, EntryPoint = "vips_value_set_array_int")]
    public static partial void SetArrayOfInt(ref GValue value, ReadOnlySpan<int> values, int count);

    [LibraryImport(Vips, EntryPoint = "vips_interpolate_new", StringMarshalling = StringMarshalling.Utf8)]
    public static partial nint NewInterpolator(string name);

    [LibraryImport(Vips, EntryPoint = "vips_array_image_get_type")]
    public static partial nuint ArrayOfImageType();

    [LibraryImport(Vips, EntryPoint = "vips_value_set_array_image")]
    public static partial void SetArrayOfImage(ref GValue value, int count);

    [LibraryImport(Vips, EntryPoint = "vips_value_get_array_image")]
    public static partial nint* GetArrayOfImage(in GValue value, out int count);

    [LibraryImport(Vips, EntryPoint = "vips_source_custom_new")]
    public static partial nint NewSource();

    [LibraryImport(Vips, EntryPoint = "vips_target_custom_new")]
    public static partial nint NewTarget();

    [LibraryImport(GObject, EntryPoint = "g_object_unref")]
    public static partial void Unref(nint instance);

    [LibraryImport(GObject, EntryPoint = "g_object_ref")]
    public static partial nint Ref(nint instance);

    [LibraryImport(GObject, EntryPoint = "g_object_set_property", StringMarshalling = StringMarshalling.Utf8)]
    public static partial void SetProperty(nint instance, string name, in GValue value);

    [LibraryImport(GObject, EntryPoint = "g_object_get_property", StringMarshalling = StringMarshalling.Utf8)]
    public static partial void GetProperty(nint instance, string name, ref GValue value);

    [LibraryImport(GObject, EntryPoint = "g_value_init")]
    public static partial void Init(ref GValue value, nuint type);

    [LibraryImport(GObject, EntryPoint = "g_value_unset")]
    public static partial void Unset(ref GValue value);

    [LibraryImport(GObject, EntryPoint = "g_value_set_int")]
    public static partial void SetInt(ref GValue value, int content);

    [LibraryImport(GObject, EntryPoint = "g_value_set_boolean")]
    public static partial void SetBoolean(ref GValue value, int content);

    [LibraryImport(GObject, EntryPoint = "g_value_set_double")]
    public static partial void SetDouble(ref GValue value, double content);

    [LibraryImport(GObject, EntryPoint = "g_value_set_string", StringMarshalling = StringMarshalling.Utf8)]
    public static partial void SetString(ref GValue value, string content);

    [LibraryImport(GObject, EntryPoint = "g_value_set_object")]
    public static partial void SetObject(ref GValue value, nint content);

    [LibraryImport(GObject, EntryPoint = "g_value_get_object")]
    public static partial nint GetObject(in GValue value);

    [LibraryImport(GObject, EntryPoint = "g_signal_connect_data", StringMarshalling = StringMarshalling.Utf8)]
    public static partial nuint Connect(nint instance, string signal, void* handler, nint state, nint destroyed, int flags);

    [LibraryImport(GLib, EntryPoint = "g_free")]
    public static partial void Free(nint memory);

    [LibraryImport(GLib, EntryPoint = "g_log_set_handler", StringMarshalling = StringMarshalling.Utf8)]
    public static partial uint SetLogHandler(string domain, int levels, void* handler, nint state);
}
